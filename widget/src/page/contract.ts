/**
 * What the two halves of the widget know of each other: the loader on the page
 * and the panel that it imports at the visitor's first act. Types only, so that
 * neither brings the other's code along.
 */
import type { PageVisit, WidgetConfig } from "../shared/protocol";
import type { Dictionary } from "../shared/words";
import type { WidgetKey } from "../words/keys";
import type { Visits } from "./visits";

/** What the snippet says. */
export interface Settings {
  /** Where w.js came from; everything else comes from there too. */
  base: string;
  site: string;
  lang: string;
  /** The pass of the test page. */
  test: string | undefined;
  /** `light` or `dark` forces one; absent = the visitor's system. */
  theme: string | undefined;
  /** Nothing at all until the store's consent tool says yes. */
  wait: boolean;
}

/** Storage that never throws: in private mode things last as long as the page. */
export interface Kept {
  read(): string | null;
  write(value: string): void;
  remove(): void;
}

/** What is kept for the visitor in the store's localStorage, from the first act on. */
export interface KeptVisitor {
  token?: string;
  /** The open conversation: later pages connect by themselves while there is one. */
  open?: string;
  muted?: boolean;
}

/** What is kept for this tab in sessionStorage, from the first act on. */
export interface KeptTab {
  panel?: "open" | "reduced";
  draft?: string;
  /** Distance from the end of the transcript, in px. */
  scroll?: number;
  tab?: string;
  /** Commands not acknowledged yet, as the outbox has them. */
  outbox?: unknown[];
  /** Cards marked, as `seq:mark`. */
  marked?: string[];
}

export interface LauncherFace {
  /** Drawn as open, said as expanded. */
  expanded: boolean;
  unread: number;
  /** Its accessible name; the panel has the words for the count. */
  label: string;
  /** Under a full-screen panel it would only be in the way. */
  covered: boolean;
}

export interface Launcher {
  show(face: Partial<LauncherFace>): void;
  /** Speaks while the panel is closed: a root has one announcer of its own. */
  announce(text: string): void;
  focus(): void;
  hide(hidden: boolean): void;
  remove(): void;
  /** The accent in use, as red, green, blue from 0 to 255. */
  readonly accent: readonly [number, number, number];
}

/** What the loader offers to the panel. */
export interface Host {
  settings: Settings;
  config: WidgetConfig;
  launcher: Launcher;
  visits: Visits;
  visitor: Kept;
  tab: Kept;
  emit(name: string, detail?: unknown): void;
}

/** What the panel offers to the loader. */
export interface Panel {
  /** `act`: by a trusted click or key of the visitor; otherwise nothing is stored or connected yet. */
  open(act: boolean): void;
  close(): void;
  readonly opened: boolean;
  /** Sends in a visitor's gesture, else only prefills. */
  say(text: string, act: boolean): void;
  visited(visit: PageVisit): void;
  visitsForgotten(): void;
  shutdown(): void;
}

export interface PanelChunk {
  start(host: Host, words: Dictionary<WidgetKey>): Panel;
}

export interface WordsChunk {
  default: Dictionary<WidgetKey>;
}

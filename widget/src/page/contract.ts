/**
 * What the two halves of the widget know of each other: the loader on the page
 * and the panel that it imports at the visitor's first act. Types only, so that
 * neither brings the other's code along.
 */
import type { WidgetConfig } from "../shared/protocol";
import type { Dictionary } from "../shared/words";
import type { WidgetKey } from "../words/keys";
import type { Kept } from "./kept";
import type { Root } from "./root";
import type { PageVisits, Seen } from "./visits";

/** What the snippet says. */
export interface Settings {
  /** Where w.js came from; everything else comes from there too. */
  base: string;
  site: string;
  /** A primary subtag. */
  lang: string;
  /** What the page said last is in its cart. */
  cart?: unknown;
  /** A `data-` attribute of the script, or a parameter of its address. */
  said(name: "consent" | "test" | "theme"): string | undefined;
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
  /** What was typed into a form that is not sent yet, by field. */
  form?: Record<string, string>;
  /** Distance from the end of the transcript, in px. */
  scroll?: number;
  tab?: string;
  /** Commands not acknowledged yet, as the outbox has them. */
  outbox?: unknown[];
  /** How far the present conversation was read; the mark on the wire may come too late before a page change. */
  read?: { conversation: string; seq: number };
  /** Cards marked, as `conversation:seq:mark`. */
  marked?: string[];
  /** The conversation whose rating is asked, and the one whose rating the visitor passed over. */
  asked?: string;
  unrated?: string;
}

/** The launcher's parts; the panel gives them their face. */
export interface Launcher extends Root {
  button: HTMLButtonElement;
  path: SVGPathElement;
  /** The accent in use, from 0 to 255. */
  rgb: readonly [number, number, number];
}

/** What the loader offers to the panel. */
export interface Host {
  settings: Settings;
  config: WidgetConfig;
  launcher: Launcher;
  visits: PageVisits;
  visitor: Kept;
  tab: Kept;
  addRoot(name: string, css: string, lang: string): Root;
  /** What the page listens to, by name: there the panel finds the one who fills its cart. */
  handlers: Readonly<Record<string, ReadonlySet<(detail: unknown) => unknown>>>;
}

/** What the panel offers to the loader. */
export interface Panel {
  readonly opened: boolean;
  /** `act`: by a trusted click or key of the visitor; otherwise nothing is stored or connected yet. */
  open(act: boolean): void;
  close(): void;
  /** Sends in a visitor's gesture, else only prefills; what is no text only opens. */
  say(text: unknown, act: boolean): void;
  visited(visit: Seen): void;
  visitsForgotten(): void;
  shutdown(): void;
}

export interface PanelChunk {
  start(host: Host, words: Dictionary<WidgetKey>): Panel;
}

export interface WordsChunk {
  default: Dictionary<WidgetKey>;
}

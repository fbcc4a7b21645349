/**
 * What the parts of a shared page know of each other on the visitor's side. Types only.
 *
 * Two chunks of the visitor's own: the questions and the banner (ask.tsx), fetched when a first
 * question comes, and what records, points and obeys (share.ts), fetched only after Agree.
 */
import type { eventWithTime } from "@rrweb/types";
import type { AgentRef, AskId, PageLack, Place, ShareId, ShareSettings } from "../shared/protocol";

// ---------------------------------------------------------------- filter (filter.ts, mask.ts, strip.ts, assets.ts, urls.ts)

/** The recorder's ids of nodes, as far as anybody else needs them. */
export interface NodeMirror {
  /** -1 = none. */
  getId(node: Node | undefined | null): number;
  getNode(id: number): Node | null;
}

/** What an element is for the picture and for an order. */
export type Rank = "shown" | "masked" | "secret" | "dropped";

/** Everything that leaves of the page goes through this. */
export interface PageFilter {
  /** What may leave of a recorder's event; undefined = nothing. Never throws. */
  event(event: eventWithTime): eventWithTime | undefined;
  rank(element: Element): Rank;
  formHoldsSecret(element: Element): boolean;
  /** Its masked name for the audit and refusals, at most 120 bytes. */
  label(element: Element): string;
  /** An address without fragment, query values and tokens. */
  scrubUrl(url: string): string;
  scrubText(text: string): string;
  /** What of the page cannot be shown. */
  lacks(): PageLack[];
}

/** Style sheets, fonts and pictures by the hash of their bytes. */
export interface Assets {
  /** Hashes not offered yet. */
  take(): string[];
  bytes(hash: string): Promise<Uint8Array | undefined>;
}

// ---------------------------------------------------------------- banner and questions (ask.tsx)

/** What a question is about: each is a consent of its own. */
export type Question =
  | { about: "see"; ask: AskId; agent: AgentRef; seconds: number; settings: ShareSettings }
  | { about: "replace"; ask: AskId; agent: AgentRef; replaces: AgentRef; seconds: number }
  | { about: "control"; ask: AskId; agent: AgentRef; seconds: number }
  | { about: "go"; ask: AskId; agent: AgentRef; title: string; seconds: number }
  /** No visitor's: an admin tries the site's masks on their own page. */
  | { about: "preview"; ask: AskId; agent: AgentRef; seconds: number };

/** Where the share stands for the banner. */
export type Mood =
  /** Being shared, the first picture not sent yet or the connection lost. */
  | { is: "connecting"; agent?: AgentRef | undefined }
  | { is: "seen"; watchers: readonly AgentRef[] }
  | { is: "driven"; agent: AgentRef; watchers: readonly AgentRef[] }
  /** Nobody watches: nothing is sent. */
  | { is: "paused"; why: "unwatched" | "covered" }
  /** Another tab of this browser is shared instead. */
  | { is: "elsewhere" }
  | { is: "over"; why: Over; agent?: AgentRef | undefined };

/** Why nothing is shared any more, as far as the visitor is told. */
export type Over = "stopped" | "agent" | "page_off" | "covered" | "closed";

export interface PointerFace {
  show(name: string, element: Element, place: Place, click: boolean): void;
  hide(): void;
}

/** What the share's parts ask of the banner. */
export interface Face {
  show(mood: Mood): void;
  /** One at a time: another one replaces it. Answered by a trusted press only, never twice. */
  ask(question: Question, answered: (granted: boolean) => void): void;
  askEnded(ask: AskId): void;
  /** The agent's pointer, drawn in our own root. */
  readonly pointer: PointerFace;
}

/** What the banner asks of the share. All of it acts on the page first and tells the server after. */
export interface Shared {
  takeBack(): void;
  stop(): void;
  /** The banner cannot be reached, or can again. */
  covered(covered: boolean): void;
  /** The tab's store was emptied. */
  forget(): void;
}

/** What of a share outlives a page, in this tab's sessionStorage, from the consent on. */
export interface KeptShare {
  share: ShareId;
  /** As it was said last: it is rotated at each hello. */
  key: string;
  /** The documents recorded until now: each takes the next number. */
  doc: number;
  /** The highest epoch that this tab has seen. */
  high: number;
  /** The grant that the visitor gave; the server must still know it. */
  grant?: { agent: string; epoch: number };
  /** Who sees the page, for the banner before the server was reached. */
  agent?: AgentRef;
}

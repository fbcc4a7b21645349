/**
 * What the console knows: one immutable value, changed only by `apply` (apply.ts).
 *
 * Rows and rooms are kept apart: a row is a line of the three tabs, a room is a
 * conversation that was opened, with its events. What is drawn from them is
 * computed elsewhere (rows.ts, transcript.ts); nothing here is derived.
 */
import type {
  AgentCommand,
  AgentId,
  AgentPresence,
  AgentRef,
  CommandId,
  ConversationDetails,
  ConversationId,
  ConversationRow,
  DocumentRef,
  Log,
  Marks,
  OnPage,
  Presence,
  ProductCard,
  ProductComparison,
  Refusal,
  SiteId,
  TabCounts,
} from "../shared";
import { EMPTY_LOG, type LinkState } from "../shared";

/** Rooms kept in memory after they were left, so that going back is immediate. */
export const ROOMS_KEPT_MAX = 8;

/** The lists that are paged from the server; the second tab shows two of them. */
export type ListName = "waiting" | "mine" | "colleagues" | "history";

export interface RowList {
  state: "unasked" | "loading" | "loaded" | "failed";
  /** The cursor of the next page; absent when all is here. */
  next?: string | undefined;
  /** The last row of the pages read so far: what sorts after it belongs to a later page. */
  edge?: ConversationRow | undefined;
}

/** A search in History keeps the server's order and takes no live row in. */
export interface Search {
  q: string;
  ids: readonly ConversationId[];
  state: RowList["state"];
  next?: string | undefined;
}

/** What the sender saw of it, until the server's own event is here. */
export interface Shown {
  card?: ProductCard;
  /** Without its rows: what differs is found by the server. */
  comparison?: ProductComparison;
  document?: DocumentRef;
}

/** A command that this tab sent and whose event is not here yet. */
export interface Pending {
  id: CommandId;
  command: AgentCommand;
  /** What a card or a document looks like, of which the command names only the id. */
  shown?: Shown | undefined;
  /** For people, by this browser's clock. */
  at: string;
  state: "sending" | "acknowledged" | "failed";
  /** Known once it is acknowledged; drawn until the event of that number is here. */
  seq?: number | undefined;
  /** An event that came before its acknowledgement and says the same: hides this line meanwhile. */
  presumed?: number | undefined;
  refusal?: Refusal | undefined;
}

export interface Room {
  id: ConversationId;
  /** Contiguous, oldest first; what is older than the first is read on demand. */
  log: Log;
  head: number;
  /** The server's answer to `open` or `resume` is complete: live events follow. */
  caughtUp: boolean;
  older: "unasked" | "loading" | "failed";
  marks: Marks;
  typing: boolean;
  /** What the visitor has before them, as their page says; unknown until it changes. */
  onPage?: OnPage | undefined;
  details?: ConversationDetails | undefined;
  /** The details could not be had: not ours to see, or gone. */
  missing: boolean;
  pending: readonly Pending[];
  /** Where the "new messages" line stands: after this number. */
  newAfter?: number | undefined;
}

export interface View {
  me?: AgentRef | undefined;
  presence: Presence;
  duty: readonly SiteId[];
  link: LinkState;
  counts: TabCounts;
  rows: ReadonlyMap<ConversationId, ConversationRow>;
  lists: Readonly<Record<ListName, RowList>>;
  search?: Search | undefined;
  /** In order of use, the latest last. */
  rooms: ReadonlyMap<ConversationId, Room>;
  /** How far this agent has read by this browser: keeps a late hint from showing unread again. */
  readUpTo: ReadonlyMap<ConversationId, number>;
  colleagues: ReadonlyMap<AgentId, AgentPresence>;
}

const unasked: RowList = { state: "unasked" };

export const emptyLists: View["lists"] = {
  waiting: unasked,
  mine: unasked,
  colleagues: unasked,
  history: unasked,
};

export const emptyView: View = {
  presence: "away",
  duty: [],
  link: "connecting",
  counts: { waiting: 0, mine: 0, colleagues: 0, history: 0 },
  rows: new Map(),
  lists: emptyLists,
  rooms: new Map(),
  readUpTo: new Map(),
  colleagues: new Map(),
};

const noMarks: Marks = {
  visitor: { delivered: 0, read: 0 },
  agent: { delivered: 0, read: 0 },
};

export function emptyRoom(id: ConversationId): Room {
  return {
    id,
    log: EMPTY_LOG,
    head: 0,
    caughtUp: false,
    older: "unasked",
    marks: noMarks,
    typing: false,
    missing: false,
    pending: [],
  };
}

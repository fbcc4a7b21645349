/**
 * A conversation's events as rows to draw: pure, from oldest to newest.
 *
 * Consecutive lines of one sender stand together under one name; days are
 * separated; what the visitor said and is still on its way comes last.
 */
import { daysBetween } from "../shared/dates";
import type {
  AgentRef,
  Author,
  BotTurn,
  Detail,
  DocumentRef,
  Event,
  Marks,
  ProductCard,
  ProductComparison,
  QueueReason,
  Refusal,
  ShareStep,
  Timestamp,
} from "../shared/protocol";
import { openConversation, type Pending, type View } from "./view";

export type Sender = { type: "bot" } | { type: "visitor" } | { type: "agent"; agent: AgentRef };

export type MessageState = "sending" | "sent" | "delivered" | "read";

export type Notice =
  | { type: "queued" }
  | { type: "left" }
  | { type: "gone"; name: string }
  | { type: "taken"; name: string }
  | { type: "transferred"; from: string; to: string }
  | { type: "share"; now: ShareNotice; name: string }
  | { type: "closed" };

/** What a visitor is told of their shared page, beside its banner. */
export type ShareNotice = "see" | "control" | "control_ended" | "ended";

export type Content =
  | { type: "text"; text: string }
  | { type: "details"; details: readonly Detail[] }
  | { type: "document"; document: DocumentRef }
  /** `several`: one of those that the bot showed together, each with its own marks. */
  | { type: "card"; card: ProductCard; several?: boolean }
  | { type: "comparison"; comparison: ProductComparison };

export interface SaidRow {
  type: "said";
  key: string;
  seq: number;
  sender: Sender;
  content: Content;
  at: Timestamp;
  /** The first and last of those that stand together. */
  first: boolean;
  last: boolean;
  state?: MessageState;
  failed?: Refusal;
  /** The command behind it while it is on its way. */
  command?: string;
}

export type Row =
  | SaidRow
  | { type: "day"; key: string; at: Timestamp }
  | { type: "notice"; key: string; notice: Notice; at: Timestamp };

/** Lines further apart than this stand under a new name and time. */
const TOGETHER_MS = 5 * 60_000;

export function rowsOf(events: readonly Event[], names: ReadonlyMap<number, string>, marks?: Marks): Row[] {
  const rows: Row[] = [];
  events.forEach((event, index) => {
    for (const row of eventRows(event, events[index - 1], names)) rows.push(row);
  });
  return grouped(withStates(rows, marks));
}

/** The present conversation: its events, or the start turn, then what is on its way. */
export function presentRows(view: View, now: string): Row[] {
  const { log, head, names } = view;
  const begun = log.events.length > 0 || head !== undefined;
  const logged = log.events.flatMap((event, index) => eventRows(event, log.events[index - 1], names));
  const start = begun ? [] : turnRows(view.start, 0, now);
  const rows = [...start, ...logged, ...pendingRows(view.pending)];
  return grouped(withStates(rows, head?.marks));
}

function said(event: Event, sender: Sender, content: Content, key: string): SaidRow {
  return { type: "said", key, seq: event.seq, sender, content, at: event.at, first: true, last: true };
}

function eventRows(event: Event, before: Event | undefined, names: ReadonlyMap<number, string>): Row[] {
  const { body, seq, at } = event;
  const key = names.get(seq) ?? `e${seq}`;
  const visitor: Sender = { type: "visitor" };
  const notice = (what: Notice): Row[] => [{ type: "notice", key, notice: what, at }];
  switch (body.type) {
    case "bot_spoke":
      return turnRows(body.turn, seq, at);
    case "message_posted":
      return [said(event, senderOf(body.author), { type: "text", text: body.text }, key)];
    case "button_chosen":
      return [said(event, visitor, { type: "text", text: body.label }, key)];
    case "details_given":
      // A field answered by a text is that text; only a form's answers are shown as such.
      return saidBy(before, "visitor")
        ? []
        : [said(event, visitor, { type: "details", details: body.details }, key)];
    case "document_shared":
      return [said(event, senderOf(body.author), { type: "document", document: body.document }, key)];
    case "product_recommended":
      return [said(event, { type: "agent", agent: body.by }, { type: "card", card: body.card }, key)];
    case "products_compared":
      return [
        said(
          event,
          { type: "agent", agent: body.by },
          { type: "comparison", comparison: body.comparison },
          key,
        ),
      ];
    case "conversation_queued":
      return notice(queuedNotice(body.reason));
    case "conversation_taken":
      return notice({ type: "taken", name: body.by.first_name });
    case "conversation_transferred":
      return notice({ type: "transferred", from: body.from.first_name, to: body.to.first_name });
    case "conversation_closed":
      return notice({ type: "closed" });
    case "conversation_started":
    case "bot_explained":
    case "transfer_offered":
    case "transfer_ended":
    case "card_marked":
    case "conversation_rated":
    case "note_added":
    case "share_acted":
    case "withheld":
      return [];
    case "share_changed":
      return shareNotice(body.step).flatMap(notice);
  }
}

/** Nobody was there and a message was left: it waits for an answer, the visitor does not. */
export function leftMessage(events: readonly Event[]): boolean {
  const queued = events.findLast((event) => event.body.type === "conversation_queued")?.body;
  return queued?.type === "conversation_queued" && queued.reason.type === "message_left";
}

/** Questions are asked by a card of their own; what became of them is told here. */
function shareNotice(step: ShareStep): Notice[] {
  switch (step.type) {
    case "agreed":
      return [{ type: "share", now: step.level, name: step.to.first_name }];
    case "control_ended":
    case "ended":
      return [{ type: "share", now: step.type, name: step.agent.first_name }];
    case "asked":
    case "not_agreed":
      return [];
  }
}

function queuedNotice(reason: QueueReason): Notice {
  switch (reason.type) {
    case "handoff":
      return { type: "queued" };
    case "message_left":
      return { type: "left" };
    case "agent_gone":
      return { type: "gone", name: reason.agent.first_name };
  }
}

function saidBy(event: Event | undefined, who: Author["type"]): boolean {
  return event?.body.type === "message_posted" && event.body.author.type === who;
}

function senderOf(author: Author): Sender {
  return author.type === "visitor" ? { type: "visitor" } : { type: "agent", agent: author.agent };
}

function turnRows(turn: BotTurn, seq: number, at: Timestamp): Row[] {
  const texts = turn.say.map((text): Content => ({ type: "text", text }));
  const cards = (turn.cards ?? []).map((card): Content => ({ type: "card", card, several: true }));
  return [...texts, ...cards].map((content, index) => ({
    type: "said",
    key: `t${seq}.${index}`,
    seq,
    sender: { type: "bot" },
    content,
    at,
    first: true,
    last: true,
  }));
}

function pendingRows(pending: readonly Pending[]): Row[] {
  return pending.flatMap((one): Row[] => {
    const { type } = one.command.command;
    // A form or a rating stays on the screen until it is taken; a document shows as its upload.
    if (type !== "post_message" && type !== "choose_button") return [];
    return [
      {
        type: "said",
        key: one.id,
        seq: one.seq ?? Number.MAX_SAFE_INTEGER,
        sender: { type: "visitor" },
        content: { type: "text", text: one.command.text },
        at: one.command.at,
        first: true,
        last: true,
        command: one.id,
        ...(one.failed ? { failed: one.failed } : { state: one.seq === undefined ? "sending" : "sent" }),
      },
    ];
  });
}

/** The visitor's last message says how far it got; earlier ones got at least as far. */
function withStates(rows: readonly Row[], marks: Marks | undefined): Row[] {
  const mine = rows.filter((row): row is SaidRow => row.type === "said" && row.sender.type === "visitor");
  const shown = mine.filter((row) => !row.command).at(-1);
  const waiting = mine.some((row) => row.command && !row.failed);
  return rows.map((row) => {
    if (row !== shown || waiting || !marks) return row;
    const { agent } = marks;
    const state: MessageState =
      agent.read >= row.seq ? "read" : agent.delivered >= row.seq ? "delivered" : "sent";
    return { ...row, state };
  });
}

function grouped(rows: readonly Row[]): Row[] {
  const out: Row[] = [];
  let day: Timestamp | undefined;
  rows.forEach((row, index) => {
    if (day === undefined || daysBetween(new Date(day), new Date(row.at)) !== 0) {
      out.push({ type: "day", key: `d${row.key}`, at: row.at });
    }
    day = row.at;
    if (row.type !== "said") {
      out.push(row);
      return;
    }
    const first = !together(rows[index - 1], row);
    const last = !together(row, rows[index + 1]);
    out.push({ ...row, first, last });
  });
  return out;
}

function together(one: Row | undefined, other: Row | undefined): boolean {
  if (one?.type !== "said" || other?.type !== "said") return false;
  const apart = new Date(other.at).getTime() - new Date(one.at).getTime();
  return senderKey(one.sender) === senderKey(other.sender) && apart < TOGETHER_MS;
}

function senderKey(sender: Sender): string {
  return sender.type === "agent" ? sender.agent.id : sender.type;
}

/**
 * The bot's turn that still waits for an answer, with the number to answer it by.
 * A form that is on its way stays: its answers may come back as not fitting.
 */
export function turnInPlay(view: View): { seq: number; turn: BotTurn } | undefined {
  if (view.pending.some((one) => !one.failed && answers(one))) return undefined;
  if (!openConversation(view)) return view.head && view.log.last ? undefined : { seq: 0, turn: view.start };
  const { stage } = view.head ?? {};
  if (stage === "in_progress") return undefined;
  const { events } = view.log;
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const body = events[index]?.body;
    if (body?.type === "bot_spoke") return { seq: events[index]?.seq ?? 0, turn: body.turn };
    if (body?.type === "button_chosen") return undefined;
    // In line the bot does not answer texts, so they do not take its offer away.
    if (stage === "bot" && (body?.type === "details_given" || saidBy(events[index], "visitor")))
      return undefined;
  }
  return undefined;
}

function answers({ command: { command } }: Pending): boolean {
  return command.type === "post_message" || command.type === "choose_button";
}

/** What the visitor has not read: things said to them after the mark. */
export function unreadAfter(events: readonly Event[], read: number): number {
  return events.filter((event) => event.seq > read && heardFrom(event) !== undefined).length;
}

/** Who speaks to the visitor in an event; undefined = nobody does. */
export function heardFrom({ body }: Event): Sender | undefined {
  switch (body.type) {
    case "bot_spoke":
      return body.turn.say.length > 0 || body.turn.cards?.length ? { type: "bot" } : undefined;
    case "message_posted":
    case "document_shared":
      return body.author.type === "agent" ? { type: "agent", agent: body.author.agent } : undefined;
    case "product_recommended":
    case "products_compared":
      return { type: "agent", agent: body.by };
    default:
      return undefined;
  }
}

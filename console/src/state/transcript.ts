/**
 * A room's events as the lines that are drawn: days, bubbles, notices, cards with their marks, own
 * lines on their way. Pure; how a line looks is conversation/Line.tsx.
 */
import type {
  AgentCommand,
  AgentRef,
  Author,
  BotTurn,
  BotWhy,
  CardMark,
  Detail,
  DocumentRef,
  Event,
  EventBody,
  Marks,
  ProductCard,
  ProductComparison,
  ProductId,
  Refusal,
} from "../shared";
import type { Pending, Room } from "./view";

/** Lines of one speaker closer than this stand together, with one name and time under the last. */
export const GROUP_SECONDS = 120;

export type Speaker = { who: "visitor" } | { who: "bot" } | { who: "agent"; agent: AgentRef; mine: boolean };

export type SendState = "sending" | "sent" | "delivered" | "read" | "failed";

/** What an agent's own line adds: how far it got, and what can be done when it did not. */
export interface Sent {
  state: SendState;
  pending?: string;
  refusal?: Refusal | undefined;
}

export type NoticeBody = Extract<
  EventBody,
  {
    type:
      | "conversation_queued"
      | "conversation_taken"
      | "transfer_offered"
      | "transfer_ended"
      | "conversation_transferred"
      | "conversation_closed"
      | "conversation_rated"
      | "share_changed"
      | "share_acted";
  }
>;

/** What the visitor did with what was shown to them; of a comparison, with which of its products. */
export interface CardMarks {
  seen: boolean;
  opened: ReadonlySet<ProductId | undefined>;
  added: ReadonlySet<ProductId | undefined>;
}

interface Said {
  key: string;
  at: string;
  from: Speaker;
  /** The last of its group: name, time and state stand under it. */
  foot: boolean;
  sent?: Sent | undefined;
}

export type Line =
  | { type: "day"; key: string; at: string }
  | { type: "new"; key: string }
  | { type: "notice"; key: string; at: string; body: NoticeBody }
  | (Said & {
      type: "turn";
      turn: BotTurn;
      why?: BotWhy | undefined;
      chosen?: number | undefined;
      marks: CardMarks;
    })
  | (Said & { type: "text"; text: string })
  | (Said & { type: "choice"; label: string })
  | (Said & { type: "details"; details: readonly Detail[] })
  | (Said & { type: "document"; document?: DocumentRef | undefined })
  | (Said & { type: "card"; card?: ProductCard | undefined; marks: CardMarks })
  | (Said & { type: "comparison"; comparison?: ProductComparison | undefined; marks: CardMarks })
  | (Said & { type: "note"; text: string });

/** What later events say about earlier ones. */
interface Hindsight {
  why: Map<number, BotWhy>;
  chosen: Map<number, number>;
  marks: Map<number, CardMarks>;
}

const unmarked: CardMarks = { seen: false, opened: new Set(), added: new Set() };

export function linesOf(room: Room, me: AgentRef | undefined): Line[] {
  const hidden = new Set(room.pending.map((line) => line.presumed));
  const hindsight = lookBack(room.log.events);
  const lines: Line[] = [];
  // A conversation that no agent has read yet is new as a whole.
  let newLine = room.newAfter === 0 ? undefined : room.newAfter;
  for (const event of room.log.events) {
    const line = lineOf(event, room.marks, hindsight, me);
    if (!line || repeatsAnswer(line, lines.at(-1))) continue;
    pushDay(lines, event.at);
    if (newLine !== undefined && event.seq > newLine && saysAnew(line, lines)) {
      lines.push({ type: "new", key: "new" });
      newLine = undefined;
    }
    lines.push(line);
  }
  for (const pending of room.pending) {
    if (hidden.has(pending.presumed) && pending.presumed !== undefined) continue;
    const line = pendingLine(pending, me);
    if (!line) continue;
    pushDay(lines, pending.at);
    lines.push(line);
  }
  return grouped(lines);
}

/** A field that was answered in so many words needs no second bubble: the details stand at the head too. */
function repeatsAnswer(line: Line, before: Line | undefined): boolean {
  if (line.type !== "details" || before?.type !== "text" || before.from.who !== "visitor") return false;
  return line.details.every((one) => one.value === before.text.trim());
}

/** The line of new messages stands above something the visitor said, never at the very top. */
function saysAnew(line: Line, before: readonly Line[]): boolean {
  return "from" in line && line.from.who === "visitor" && before.some((one) => one.type !== "day");
}

function pushDay(lines: Line[], at: string): void {
  const day = new Date(at).toDateString();
  const last = lines.findLast((line) => "at" in line);
  if (last && "at" in last && new Date(last.at).toDateString() === day) return;
  lines.push({ type: "day", key: `day-${day}`, at });
}

function lookBack(events: readonly Event[]): Hindsight {
  const found: Hindsight = { why: new Map(), chosen: new Map(), marks: new Map() };
  for (const { body } of events) {
    if (body.type === "bot_explained") found.why.set(body.answers, body.why);
    else if (body.type === "button_chosen") found.chosen.set(body.turn, body.button);
    else if (body.type === "card_marked")
      found.marks.set(body.card, marked(found.marks.get(body.card) ?? unmarked, body.mark, body.product));
  }
  return found;
}

function marked(before: CardMarks, mark: CardMark, product: ProductId | undefined): CardMarks {
  switch (mark) {
    case "seen":
      return { ...before, seen: true };
    case "opened":
      return { ...before, opened: new Set([...before.opened, product]) };
    case "added":
      return { ...before, added: new Set([...before.added, product]) };
  }
}

function lineOf(
  event: Event,
  marks: Marks,
  hindsight: Hindsight,
  me: AgentRef | undefined,
): Line | undefined {
  const { body, seq, at } = event;
  const said = (from: Speaker): Said => ({
    key: `e${seq}`,
    at,
    from,
    foot: true,
    sent: from.who === "agent" ? { state: reached(seq, marks) } : undefined,
  });
  switch (body.type) {
    case "bot_spoke":
      return {
        type: "turn",
        ...said({ who: "bot" }),
        turn: body.turn,
        why: hindsight.why.get(body.answers),
        chosen: hindsight.chosen.get(seq),
        marks: hindsight.marks.get(seq) ?? unmarked,
      };
    case "message_posted":
      return { type: "text", ...said(speaker(body.author, me)), text: body.text };
    case "button_chosen":
      return { type: "choice", ...said({ who: "visitor" }), label: body.label };
    case "details_given":
      return { type: "details", ...said({ who: "visitor" }), details: body.details };
    case "document_shared":
      return { type: "document", ...said(speaker(body.author, me)), document: body.document };
    case "product_recommended":
      return {
        type: "card",
        ...said(agent(body.by, me)),
        card: body.card,
        marks: hindsight.marks.get(seq) ?? unmarked,
      };
    case "products_compared":
      return {
        type: "comparison",
        ...said(agent(body.by, me)),
        comparison: body.comparison,
        marks: hindsight.marks.get(seq) ?? unmarked,
      };
    case "note_added":
      return { type: "note", ...said(agent(body.by, me)), sent: undefined, text: body.text };
    case "conversation_queued":
    case "conversation_taken":
    case "transfer_offered":
    case "transfer_ended":
    case "conversation_transferred":
    case "conversation_closed":
    case "conversation_rated":
    case "share_changed":
    case "share_acted":
      return { type: "notice", key: `e${seq}`, at, body };
    case "conversation_started":
    case "bot_explained":
    case "card_marked":
    case "withheld":
      return undefined;
  }
}

function speaker(author: Author, me: AgentRef | undefined): Speaker {
  return author.type === "visitor" ? { who: "visitor" } : agent(author.agent, me);
}

function agent(ref: AgentRef, me: AgentRef | undefined): Speaker {
  return { who: "agent", agent: ref, mine: ref.id === me?.id };
}

function reached(seq: number, marks: Marks): SendState {
  if (marks.visitor.read >= seq) return "read";
  return marks.visitor.delivered >= seq ? "delivered" : "sent";
}

function pendingLine(pending: Pending, me: AgentRef | undefined): Line | undefined {
  const said: Said = {
    key: `p${pending.id}`,
    at: pending.at,
    from: { who: "agent", agent: me ?? { id: "", first_name: "" }, mine: true },
    foot: true,
    sent: {
      state: pending.state === "failed" ? "failed" : pending.state === "acknowledged" ? "sent" : "sending",
      pending: pending.id,
      refusal: pending.refusal,
    },
  };
  return saying(pending.command, pending, said);
}

function saying(command: AgentCommand, pending: Pending, said: Said): Line | undefined {
  switch (command.type) {
    case "post_message":
      return { type: "text", ...said, text: command.text };
    case "add_note":
      return { type: "note", ...said, text: command.text };
    case "share_document":
      return { type: "document", ...said, document: pending.shown?.document };
    case "recommend_product":
      return { type: "card", ...said, card: pending.shown?.card, marks: unmarked };
    case "compare_products":
      return { type: "comparison", ...said, comparison: pending.shown?.comparison, marks: unmarked };
    case "take_conversation":
    case "offer_transfer":
    case "accept_transfer":
    case "decline_transfer":
    case "withdraw_transfer":
    case "close_conversation":
      return undefined;
  }
}

function grouped(lines: Line[]): Line[] {
  return lines.map((line, index) => {
    const next = lines[index + 1];
    return "from" in line && next && together(line, next) ? { ...line, foot: false } : line;
  });
}

function together(line: Line, next: Line): boolean {
  if (!("from" in line) || !("from" in next) || line.type === "note" || next.type === "note") return false;
  const same =
    line.from.who === next.from.who &&
    (line.from.who !== "agent" || next.from.who !== "agent" || line.from.agent.id === next.from.agent.id);
  const close = Date.parse(next.at) - Date.parse(line.at) < GROUP_SECONDS * 1000;
  return same && close && line.sent?.state === next.sent?.state;
}

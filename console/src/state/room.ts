/**
 * What happens to an opened conversation: events joined without holes, own lines until they are
 * events, marks that only rise, the details around the transcript. Pure, like apply.ts.
 */
import type {
  AgentCommand,
  AgentRef,
  CommandId,
  ConversationDetails,
  Detail,
  DocumentEntry,
  Event,
  EventBody,
  Mark,
  Marks,
  PageVisit,
  Refusal,
} from "../shared";
import { hear, prepend } from "../shared";
import type { Pending, Room } from "./view";

/** The number of the last event that is here; 0 = none. */
export function last(room: Room): number {
  return room.log.last;
}

/** Events came, live or as a chunk; a hole is left to whoever asks for a resume (desk.ts). */
export function withEvents(
  room: Room,
  events: readonly Event[],
  head: number,
  me: AgentRef | undefined,
): Room {
  const { log, fresh } = hear(room.log, events);
  if (fresh.length === 0) return head > room.head ? { ...room, head } : room;
  return {
    ...room,
    log,
    head: Math.max(room.head, head),
    typing: fresh.some((event) => saidByVisitor(event.body)) ? false : room.typing,
    pending: matched(room.pending, fresh, me),
    details: room.details && fresh.reduce(withEventInDetails, room.details),
  };
}

export function withOlder(room: Room, events: readonly Event[], head: number): Room {
  return { ...room, log: prepend(room.log, events), head: Math.max(room.head, head), older: "unasked" };
}

export function withDetails(room: Room, details: ConversationDetails): Room {
  // Events after the answer's head were applied before it came.
  const since = room.log.events.filter((event) => event.seq > details.row.head);
  return {
    ...room,
    details: since.reduce(withEventInDetails, details),
    marks: higher(room.marks, details.marks),
    missing: false,
    newAfter: room.newAfter ?? details.marks.agent.read,
  };
}

function withEventInDetails(details: ConversationDetails, event: Event): ConversationDetails {
  const body = event.body;
  if (body.type === "details_given")
    return { ...details, details: mergedDetails(details.details, body.details) };
  if (body.type === "document_shared") {
    const entry: DocumentEntry = { document: body.document, author: body.author, at: event.at };
    if (details.documents.some((one) => one.document.id === entry.document.id)) return details;
    return { ...details, documents: [...details.documents, entry] };
  }
  return details;
}

/** A later value replaces an earlier one and keeps its place. */
function mergedDetails(known: readonly Detail[], given: readonly Detail[]): Detail[] {
  const byField = new Map(known.map((one) => [one.field, one]));
  for (const one of given) byField.set(one.field, one);
  return [...byField.values()];
}

export function withVisit(room: Room, visit: PageVisit): Room {
  if (!room.details || room.details.visits.some((one) => one.id === visit.id)) return room;
  return { ...room, details: { ...room.details, visits: [...room.details.visits, visit] } };
}

export function withoutVisits(room: Room): Room {
  return room.details ? { ...room, details: { ...room.details, visits: [], visits_consented: false } } : room;
}

/** Marks only rise, whatever the order in which they are told. */
export function higher(a: Marks, b: Marks): Marks {
  return { visitor: higherMark(a.visitor, b.visitor), agent: higherMark(a.agent, b.agent) };
}

function higherMark(a: Mark, b: Mark): Mark {
  return { delivered: Math.max(a.delivered, b.delivered), read: Math.max(a.read, b.read) };
}

export function sending(room: Room, line: Omit<Pending, "state">): Room {
  if (room.pending.some((known) => known.id === line.id)) return room;
  return { ...room, pending: [...room.pending, { ...line, state: "sending" }] };
}

export function repeating(room: Room, id: CommandId): Room {
  return inPending(room, id, (line) => ({ ...line, state: "sending", refusal: undefined }));
}

export function dropped(room: Room, id: CommandId): Room {
  return { ...room, pending: room.pending.filter((line) => line.id !== id) };
}

/** The event itself may be here already, or come after its acknowledgement. */
export function acknowledged(room: Room, id: CommandId, seq: number): Room {
  if (last(room) >= seq) return dropped(room, id);
  return inPending(room, id, (line) => ({ ...line, state: "acknowledged", seq, presumed: undefined }));
}

export function refused(room: Room, id: CommandId, refusal: Refusal): Room {
  return inPending(room, id, (line) => ({ ...line, state: "failed", refusal, presumed: undefined }));
}

function inPending(room: Room, id: CommandId, change: (line: Pending) => Pending): Room {
  return { ...room, pending: room.pending.map((line) => (line.id === id ? change(line) : line)) };
}

/** Acknowledged lines whose event came go; others are hidden behind an event that says the same. */
function matched(
  pending: readonly Pending[],
  events: readonly Event[],
  me: AgentRef | undefined,
): readonly Pending[] {
  if (pending.length === 0) return pending;
  const numbers = new Set(events.map((event) => event.seq));
  let left = pending.filter((line) => line.seq === undefined || !numbers.has(line.seq));
  for (const event of events) {
    const index = left.findIndex(
      (line) => line.state === "sending" && line.presumed === undefined && says(event.body, line.command, me),
    );
    if (index >= 0) left = left.map((line, at) => (at === index ? { ...line, presumed: event.seq } : line));
  }
  return left;
}

function says(body: EventBody, command: AgentCommand, me: AgentRef | undefined): boolean {
  switch (command.type) {
    case "post_message":
      return (
        body.type === "message_posted" &&
        body.author.type === "agent" &&
        body.author.agent.id === me?.id &&
        body.text === command.text
      );
    case "add_note":
      return body.type === "note_added" && body.by.id === me?.id && body.text === command.text;
    case "share_document":
      return body.type === "document_shared" && body.document.id === command.document;
    case "recommend_product":
      return (
        body.type === "product_recommended" && body.by.id === me?.id && body.card.product === command.product
      );
    case "compare_products":
      return (
        body.type === "products_compared" &&
        body.by.id === me?.id &&
        body.comparison.cards.map((card) => card.product).join() ===
          command.products.map((choice) => choice.product).join()
      );
    case "take_conversation":
    case "offer_transfer":
    case "accept_transfer":
    case "decline_transfer":
    case "withdraw_transfer":
    case "close_conversation":
      return false;
  }
}

export function saidByVisitor(body: EventBody): boolean {
  switch (body.type) {
    case "message_posted":
    case "document_shared":
      return body.author.type === "visitor";
    case "button_chosen":
    case "details_given":
      return true;
    case "conversation_started":
    case "bot_spoke":
    case "bot_explained":
    case "conversation_queued":
    case "conversation_taken":
    case "transfer_offered":
    case "transfer_ended":
    case "conversation_transferred":
    case "conversation_closed":
    case "product_recommended":
    case "products_compared":
    case "card_marked":
    case "conversation_rated":
    case "note_added":
    case "share_changed":
    case "share_acted":
    case "withheld":
      return false;
  }
}

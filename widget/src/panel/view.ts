/**
 * What the panel shows, and the one reducer that changes it: `apply(view, input)`.
 *
 * Pure: frames, the outbox and the connection come in, a new view goes out.
 * Sending, storing and drawing are chat.ts and the components. A visitor's
 * own message is drawn from the outbox first and from its event later; `names`
 * remembers which event was which command, so that the bubble stays the same.
 */
import type { LinkState } from "../shared/link";
import { EMPTY_LOG, hear, type Log, prepend } from "../shared/log";
import type { Entry } from "../shared/outbox";
import type {
  BotTurn,
  ClosingReason,
  CommandId,
  ConversationHead,
  ConversationId,
  Event,
  Mark,
  Refusal,
  ToVisitor,
  VisitorCommand,
} from "../shared/protocol";

/** A command with what is drawn of it until its event comes. */
export interface Said {
  command: VisitorCommand;
  text: string;
  at: string;
}

export interface Pending extends Entry<Said> {
  /** The log's end when it was said: its event comes later than that. */
  after: number;
  /** Acknowledged under this number; it goes when the event is there. */
  seq?: number;
}

/** A closed conversation above the present one; its events are fetched when it is unfolded. */
export interface Earlier {
  id: ConversationId;
  log: Log;
  unfolded: boolean;
}

export interface View {
  link: LinkState;
  ended: ClosingReason | undefined;
  start: BotTurn;
  botVersion: number;
  reachable: boolean;
  head: ConversationHead | undefined;
  log: Log;
  /** Events are on their way: nothing is announced, the end is not the end yet. */
  loading: boolean;
  /** Something was missed: chat.ts asks for it. */
  gap: boolean;
  pending: readonly Pending[];
  names: ReadonlyMap<number, CommandId>;
  /** Field id → what is wrong with the answer given. */
  faults: Readonly<Record<string, string>>;
  typing: boolean;
  place: number | undefined;
  earlier: readonly Earlier[];
}

export type Input =
  | { type: "frame"; frame: ToVisitor }
  | { type: "link"; state: LinkState; reason: ClosingReason | undefined }
  | { type: "outbox"; entries: readonly Entry<Said>[] }
  | { type: "older"; conversation: ConversationId; events: readonly Event[] }
  | { type: "fold"; conversation: ConversationId; unfolded: boolean }
  | { type: "closed_meanwhile" }
  | { type: "typing_over" };

export function emptyView(start: BotTurn, botVersion: number, reachable: boolean): View {
  return {
    link: "idle",
    ended: undefined,
    start,
    botVersion,
    reachable,
    head: undefined,
    log: EMPTY_LOG,
    loading: false,
    gap: false,
    pending: [],
    names: new Map(),
    faults: {},
    typing: false,
    place: undefined,
    earlier: [],
  };
}

/** The conversation that the next input goes to; undefined = it begins one. */
export function openConversation(view: View): ConversationId | undefined {
  return view.head && view.head.stage !== "closed" ? view.head.id : undefined;
}

export function apply(view: View, input: Input): View {
  switch (input.type) {
    case "frame":
      return applyFrame(view, input.frame);
    case "link":
      return {
        ...view,
        link: input.state,
        ended: input.state === "ended" ? input.reason : undefined,
        typing: false,
      };
    case "outbox":
      return withOutbox(view, input.entries);
    case "older":
      return withOlder(view, input.conversation, input.events);
    case "fold":
      return {
        ...view,
        earlier: view.earlier.map((one) =>
          one.id === input.conversation ? { ...one, unfolded: input.unfolded } : one,
        ),
      };
    case "closed_meanwhile":
      return view.head ? { ...view, head: { ...view.head, stage: "closed" } } : view;
    case "typing_over":
      return { ...view, typing: false };
  }
}

function applyFrame(view: View, frame: ToVisitor): View {
  switch (frame.type) {
    case "welcome": {
      const { start, bot_version: botVersion, reachable } = frame;
      return withWelcome({ ...view, start, botVersion, reachable }, frame.conversation);
    }
    case "events":
      return heard(view, frame.conversation, frame.events, frame.more);
    case "event":
      return heard(view, frame.conversation, [frame.event], view.loading);
    case "ack":
      return acknowledged(view, frame.id, frame.conversation, frame.seq);
    case "refused":
      return refused(view, frame.refusal);
    case "head":
      return withHead(view, frame.head);
    case "typing":
      return frame.conversation === view.head?.id ? { ...view, typing: frame.on } : view;
    case "marks":
      if (frame.conversation !== view.head?.id) return view;
      return withHead(view, { ...view.head, marks: frame.marks });
    case "reachable":
      return { ...view, reachable: frame.reachable };
    case "place":
      return { ...view, place: frame.place };
    case "share_asked":
    case "share_ask_ended":
    case "share_opened":
    case "pong":
    case "fault":
    case "closing":
      return view;
  }
}

/** After a (re)connection the server says which conversation is the visitor's now. */
function withWelcome(view: View, head: ConversationHead | undefined): View {
  if (head && head.id === view.head?.id) return withHead(view, head);
  if (!head) return openConversation(view) ? fresh(view, undefined) : view;
  // A closed one stays the present one while it asks how it was.
  const present = head.stage !== "closed" || (head.rating && !view.head);
  if (present) return { ...fresh(view, head), loading: true };
  if (view.head || view.earlier.some((one) => one.id === head.id)) return view;
  return { ...view, earlier: [...view.earlier, folded(head.id)] };
}

/** Another conversation becomes the present one; a closed one before it moves above. */
function fresh(view: View, head: ConversationHead | undefined): View {
  const before = view.head?.stage === "closed" ? [{ id: view.head.id, log: view.log, unfolded: false }] : [];
  const earlier = [...view.earlier, ...before].filter((one) => one.id !== head?.id);
  const previous = head?.previous;
  const linked = previous && !earlier.some((one) => one.id === previous) ? [folded(previous)] : [];
  return {
    ...view,
    head,
    log: EMPTY_LOG,
    names: new Map(),
    pending: view.pending.map((one) => ({ ...one, after: 0 })),
    faults: {},
    gap: false,
    loading: false,
    typing: false,
    place: undefined,
    earlier: [...earlier, ...linked],
  };
}

function folded(id: ConversationId): Earlier {
  return { id, log: EMPTY_LOG, unfolded: false };
}

function withHead(view: View, head: ConversationHead): View {
  if (view.head && view.head.id !== head.id) {
    // A new one replaces a closed one; word of an older one changes nothing.
    return view.head.stage === "closed" && head.stage !== "closed" ? fresh(view, head) : view;
  }
  if (!view.head) return head.stage === "closed" ? view : fresh(view, head);
  const { visitor, agent } = view.head.marks;
  const marks = { visitor: later(visitor, head.marks.visitor), agent: later(agent, head.marks.agent) };
  const place = head.stage === "waiting" ? view.place : undefined;
  return { ...view, place, head: { ...head, marks } };
}

function later(one: Mark, other: Mark): Mark {
  return { delivered: Math.max(one.delivered, other.delivered), read: Math.max(one.read, other.read) };
}

function heard(view: View, conversation: ConversationId, events: readonly Event[], more: boolean): View {
  if (conversation !== view.head?.id) {
    if (openConversation(view)) return view;
    // Begun in another tab, or its events overtook the acknowledgement.
    return heard(fresh(view, begun(conversation)), conversation, events, more);
  }
  const { log, fresh: news, gap } = hear(view.log, events);
  const head = news.reduce(folding, view.head);
  const typing = news.some(fromAgent) ? false : view.typing;
  const place = head.stage === "waiting" ? view.place : undefined;
  return settled({ ...view, log, gap, head, typing, place, loading: more && !gap }, news);
}

function begun(id: ConversationId): ConversationHead {
  const none = { delivered: 0, read: 0 };
  return { id, stage: "bot", head: 0, marks: { visitor: none, agent: none } };
}

/** The head as the events change it; what a visitor cannot tell from them comes by `head` frames. */
function folding(head: ConversationHead, event: Event): ConversationHead {
  const { body } = event;
  const { in_charge: _, ...free } = head;
  const now = { head: Math.max(head.head, event.seq) };
  switch (body.type) {
    case "conversation_started":
      return { ...head, ...now, ...(body.previous ? { previous: body.previous } : {}) };
    case "conversation_queued":
      return { ...free, ...now, stage: "waiting" };
    case "conversation_taken":
      return { ...head, ...now, stage: "in_progress", in_charge: body.by };
    case "conversation_transferred":
      return { ...head, ...now, stage: "in_progress", in_charge: body.to };
    case "conversation_closed":
      return { ...head, ...now, stage: "closed" };
    case "conversation_rated": {
      const { rating: _asked, ...rated } = head;
      return { ...rated, ...now };
    }
    case "bot_spoke":
    case "bot_explained":
    case "message_posted":
    case "button_chosen":
    case "details_given":
    case "document_shared":
    case "transfer_offered":
    case "transfer_ended":
    case "product_recommended":
    case "products_compared":
    case "card_marked":
    case "note_added":
    case "share_changed":
    case "share_acted":
    case "withheld":
      return { ...head, ...now };
  }
}

function fromAgent({ body }: Event): boolean {
  if (body.type === "message_posted" || body.type === "document_shared") return body.author.type === "agent";
  return (
    body.type === "product_recommended" ||
    body.type === "products_compared" ||
    body.type === "conversation_closed"
  );
}

function acknowledged(view: View, id: CommandId, conversation: ConversationId, seq: number): View {
  const known = conversation === view.head?.id || view.earlier.some((one) => one.id === conversation);
  const base = known || openConversation(view) ? view : fresh(view, begun(conversation));
  const pending = base.pending.map((one) => (one.id === id ? { ...one, seq } : one));
  return settled({ ...base, pending, faults: {} }, []);
}

function refused(view: View, refusal: Refusal): View {
  if (refusal.code !== "invalid_fields") return view;
  return { ...view, faults: Object.fromEntries((refusal.fields ?? []).map((one) => [one.field, one.error])) };
}

function withOutbox(view: View, entries: readonly Entry<Said>[]): View {
  const acked = view.pending.filter(
    (one) => one.seq !== undefined && !entries.some((entry) => entry.id === one.id),
  );
  // One whose event came before its acknowledgement is drawn already.
  const drawn = new Set(view.names.values());
  const undrawn = entries.filter((entry) => !drawn.has(entry.id));
  const waiting = undrawn.map((entry): Pending => {
    const known = view.pending.find((one) => one.id === entry.id);
    return { ...entry, after: known?.after ?? view.log.last, ...(known?.seq ? { seq: known.seq } : {}) };
  });
  return { ...view, pending: [...acked, ...waiting] };
}

function withOlder(view: View, conversation: ConversationId, events: readonly Event[]): View {
  if (conversation === view.head?.id) return { ...view, log: prepend(view.log, events) };
  const earlier = view.earlier.map((one) => {
    if (one.id !== conversation) return one;
    return { ...one, log: one.log.last ? prepend(one.log, events) : hear(one.log, events).log };
  });
  return { ...view, earlier };
}

/**
 * Pending commands whose event has come leave; the event takes over their name.
 * An event may come before its acknowledgement: then it is known by its content.
 */
function settled(view: View, news: readonly Event[]): View {
  let pending = view.pending;
  for (const event of news) {
    const match = pending.find(
      (one) =>
        one.seq === undefined && !one.failed && event.seq > one.after && sameContent(one.command, event),
    );
    if (match) pending = pending.map((one) => (one === match ? { ...one, seq: event.seq } : one));
  }
  const done = pending.filter((one) => one.seq !== undefined && one.seq <= view.log.last);
  if (done.length === 0) return pending === view.pending ? view : { ...view, pending };
  const names = new Map(view.names);
  for (const one of done) if (one.seq !== undefined) names.set(one.seq, one.id);
  return { ...view, names, pending: pending.filter((one) => !done.includes(one)) };
}

function sameContent({ command }: Said, { body }: Event): boolean {
  switch (command.type) {
    case "post_message":
      return body.type === "message_posted" && body.author.type === "visitor" && body.text === command.text;
    case "choose_button":
      return body.type === "button_chosen" && body.button === command.button;
    case "submit_form":
      return body.type === "details_given";
    case "share_document":
      return body.type === "document_shared" && body.document.id === command.document;
    case "begin":
      return body.type === "conversation_started";
    case "rate":
      return body.type === "conversation_rated";
    case "mark_card":
      return false;
  }
}

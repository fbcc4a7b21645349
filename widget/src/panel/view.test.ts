/** The panel's reducer: nothing lost, doubled or out of order, whatever comes first. */
import { expect, test } from "vitest";
import type { Entry } from "../shared/outbox";
import type { ConversationHead, Event, EventBody, ToVisitor } from "../shared/protocol";
import { presentRows, turnInPlay } from "./transcript";
import { apply, emptyView, type Input, openConversation, type Said, type View } from "./view";

const AT = "2026-11-26T10:00:00.000Z";
const CAMILLE = { id: "a1", first_name: "Camille" };
const NOOR = { id: "a2", first_name: "Noor" };
const MARKS = { visitor: { delivered: 0, read: 0 }, agent: { delivered: 0, read: 0 } };

const event = (seq: number, body: EventBody): Event => ({ seq, at: AT, body });
const started = (seq = 1): Event =>
  event(seq, { type: "conversation_started", lang: "en", bot_version: 1, test: false });
const bot = (seq: number, say: string, buttons?: string[]): Event =>
  event(seq, {
    type: "bot_spoke",
    turn: { say: [say], ...(buttons ? { buttons: buttons.map((label) => ({ label })) } : {}) },
    answers: seq - 1,
  });
const mine = (seq: number, text: string): Event =>
  event(seq, { type: "message_posted", author: { type: "visitor" }, text });
const theirs = (seq: number, text: string): Event =>
  event(seq, { type: "message_posted", author: { type: "agent", agent: CAMILLE }, text });

const frame = (frame: ToVisitor): Input => ({ type: "frame", frame });
const live = (one: Event, conversation = "c1"): Input => frame({ type: "event", conversation, event: one });
const chunk = (events: Event[], more = false): Input =>
  frame({ type: "events", conversation: "c1", events, more, head: events.length });
const ack = (id: string, seq: number, conversation = "c1"): Input =>
  frame({ type: "ack", id, conversation, seq });
const outbox = (...entries: Entry<Said>[]): Input => ({ type: "outbox", entries });
const posting = (id: string, text: string): Entry<Said> => ({
  id,
  lane: "talk",
  command: { command: { type: "post_message", text }, text, at: AT },
});
const head = (change: Partial<ConversationHead> = {}): ConversationHead => ({
  id: "c1",
  stage: "bot",
  head: 0,
  marks: MARKS,
  ...change,
});
const welcome = (conversation?: ConversationHead): Input =>
  frame({
    type: "welcome",
    start: { say: ["Hello!"], buttons: [{ label: "Talk to an advisor" }] },
    bot_version: 1,
    reachable: true,
    ...(conversation ? { conversation } : {}),
  });

const start = emptyView({ say: ["Hello!"], buttons: [{ label: "Talk to an advisor" }] }, 1, true);
const after = (...inputs: Input[]): View => inputs.reduce(apply, start);
const texts = (view: View) =>
  presentRows(view, AT).flatMap((row) =>
    row.type === "said" && row.content.type === "text" ? [row.content.text] : [],
  );
const keys = (view: View) => presentRows(view, AT).flatMap((row) => (row.type === "said" ? [row.key] : []));
const states = (view: View) =>
  presentRows(view, AT).flatMap((row) => (row.type === "said" && row.state ? [row.state] : []));

test("before a conversation the bot's start turn stands there with its buttons", () => {
  expect(texts(start)).toEqual(["Hello!"]);
  expect(turnInPlay(start)?.seq).toBe(0);
  expect(openConversation(start)).toBeUndefined();
});

test("a message shows as sending, then as sent, and only once", () => {
  const sending = after(outbox(posting("m1", "Hi")));
  expect(states(sending)).toEqual(["sending"]);
  const acked = [ack("m1", 3), outbox()].reduce(apply, sending);
  expect(states(acked)).toEqual(["sent"]);
  const there = apply(acked, chunk([started(), bot(2, "Hello!"), mine(3, "Hi")]));
  expect(texts(there)).toEqual(["Hello!", "Hi"]);
  expect(states(there)).toEqual(["sent"]);
});

test("an event that overtakes its acknowledgement does not double the message", () => {
  const early = after(outbox(posting("m1", "Hi")), chunk([started(), bot(2, "Hello!"), mine(3, "Hi")]));
  expect(texts(early)).toEqual(["Hello!", "Hi"]);
  // Another one is said meanwhile, while the outbox still holds the first.
  const more = apply(early, outbox(posting("m1", "Hi"), posting("m2", "Again")));
  expect(texts(more)).toEqual(["Hello!", "Hi", "Again"]);
  const done = [ack("m1", 3), outbox(posting("m2", "Again"))].reduce(apply, more);
  expect(texts(done)).toEqual(["Hello!", "Hi", "Again"]);
});

test("a bubble keeps its key from sending to event, so that it is not drawn anew", () => {
  const before = after(outbox(posting("m1", "Hi")));
  const there = [chunk([started(), mine(2, "Hi")]), ack("m1", 2), outbox()].reduce(apply, before);
  expect(keys(before).at(-1)).toBe("m1");
  expect(keys(there).at(-1)).toBe("m1");
});

test("the same text said twice is two messages", () => {
  const view = after(
    outbox(posting("m1", "ok"), posting("m2", "ok")),
    chunk([started(), mine(2, "ok")]),
    ack("m1", 2),
    outbox(posting("m2", "ok")),
  );
  expect(texts(view)).toEqual(["ok", "ok"]);
  expect(texts([live(mine(3, "ok")), ack("m2", 3), outbox()].reduce(apply, view))).toEqual(["ok", "ok"]);
});

test("a gap asks for what was missed and a duplicate changes nothing", () => {
  const view = after(chunk([started(), mine(2, "Hi")]), live(theirs(4, "late")));
  expect(view.gap).toBe(true);
  expect(view.log.last).toBe(2);
  const whole = apply(view, chunk([theirs(3, "early"), theirs(4, "late")]));
  expect(whole.gap).toBe(false);
  expect(texts(whole)).toEqual(["Hi", "early", "late"]);
  expect(apply(whole, live(theirs(4, "late"))).log).toBe(whole.log);
});

test("withheld events keep the numbers contiguous and show nothing", () => {
  const view = after(chunk([started(), event(2, { type: "withheld" }), mine(3, "Hi")]));
  expect(view.log.last).toBe(3);
  expect(texts(view)).toEqual(["Hi"]);
});

test("stage and agent follow the events: line, taken, transferred, gone, closed", () => {
  const queued = after(
    chunk([started(), event(2, { type: "conversation_queued", reason: { type: "handoff" } })]),
  );
  expect(queued.head?.stage).toBe("waiting");
  const taken = apply(queued, live(event(3, { type: "conversation_taken", by: CAMILLE })));
  expect([taken.head?.stage, taken.head?.in_charge?.first_name]).toEqual(["in_progress", "Camille"]);
  const given = apply(
    taken,
    live(event(4, { type: "conversation_transferred", transfer: "t", from: CAMILLE, to: NOOR })),
  );
  expect(given.head?.in_charge?.first_name).toBe("Noor");
  const gone = apply(
    given,
    live(event(5, { type: "conversation_queued", reason: { type: "agent_gone", agent: NOOR } })),
  );
  expect([gone.head?.stage, gone.head?.in_charge]).toEqual(["waiting", undefined]);
  const closed = apply(gone, live(event(6, { type: "conversation_closed", by: CAMILLE })));
  expect(openConversation(closed)).toBeUndefined();
});

test("old view and events give the view that a fresh client gets", () => {
  const events = [
    started(),
    bot(2, "Hello!"),
    mine(3, "Hi"),
    event(4, { type: "conversation_queued", reason: { type: "handoff" } }),
    event(5, { type: "withheld" }),
    event(6, { type: "conversation_taken", by: CAMILLE }),
    theirs(7, "Good morning"),
  ];
  const whole = after(welcome(head({ stage: "in_progress", head: 7, in_charge: CAMILLE })), chunk(events));
  for (let cut = 1; cut < events.length; cut += 1) {
    const piecemeal = after(
      welcome(head()),
      chunk(events.slice(0, cut)),
      ...events.slice(cut).map((one) => live(one)),
    );
    expect(piecemeal.log).toEqual(whole.log);
    expect(piecemeal.head).toEqual(whole.head);
  }
});

test("a reconnection to the same conversation keeps what is there", () => {
  const view = after(
    welcome(head()),
    chunk([started(), mine(2, "Hi")]),
    outbox(posting("m2", "Still there?")),
  );
  const again = apply(view, welcome(head({ head: 2 })));
  expect(texts(again)).toEqual(["Hi", "Still there?"]);
  expect(again.loading).toBe(false);
});

test("after a close the next message begins another conversation and the old one folds above", () => {
  const closed = after(
    welcome(head()),
    chunk([started(), mine(2, "Hi"), event(3, { type: "conversation_closed", by: CAMILLE })]),
    outbox(posting("m2", "One more thing")),
  );
  expect(texts(closed)).toEqual(["Hi", "One more thing"]);
  const next = [
    ack("m2", 3, "c2"),
    outbox(),
    live(started(), "c2"),
    live(bot(2, "Hello!"), "c2"),
    live(mine(3, "One more thing"), "c2"),
  ].reduce(apply, closed);
  expect(openConversation(next)).toBe("c2");
  expect(next.earlier.map((one) => [one.id, one.unfolded, one.log.last])).toEqual([["c1", false, 3]]);
  expect(texts(next)).toEqual(["Hello!", "One more thing"]);
});

test("a visitor who comes back after a close finds it folded above a new start", () => {
  const view = after(welcome(head({ stage: "closed", head: 9 })));
  expect(view.earlier.map((one) => one.id)).toEqual(["c1"]);
  expect(texts(view)).toEqual(["Hello!"]);
  const unfolded = [
    { type: "fold", conversation: "c1", unfolded: true } as const,
    { type: "older", conversation: "c1", events: [mine(8, "Bye"), theirs(9, "Goodbye")] } as const,
  ].reduce<View>(apply, view);
  expect(unfolded.earlier[0]?.log.events.length).toBe(2);
});

test("a card's mark on a closed conversation begins nothing", () => {
  const view = after(welcome(head({ stage: "closed", head: 9 })), ack("x", 10, "c1"));
  expect(openConversation(view)).toBeUndefined();
});

test("an answer that does not fit is said at its field and taken back once it does", () => {
  const refusal = {
    code: "invalid_fields" as const,
    message: "",
    fields: [{ field: "email", error: "Not an address" }],
  };
  const view = after(frame({ type: "refused", id: "f", refusal }));
  expect(view.faults).toEqual({ email: "Not an address" });
  expect(apply(view, ack("f2", 3)).faults).toEqual({});
});

test("reading marks only rise", () => {
  const read = { ...MARKS, agent: { delivered: 3, read: 3 } };
  const view = after(
    welcome(head()),
    chunk([started(), mine(2, "Hi"), mine(3, "You there?")]),
    frame({ type: "marks", conversation: "c1", marks: read }),
    frame({ type: "marks", conversation: "c1", marks: MARKS }),
  );
  expect(states(view)).toEqual(["read"]);
});

test("the place in line is forgotten when the line is left", () => {
  const waiting = after(
    chunk([started(), event(2, { type: "conversation_queued", reason: { type: "handoff" } })]),
    frame({ type: "place", place: 2 }),
  );
  expect(waiting.place).toBe(2);
  expect(apply(waiting, live(event(3, { type: "conversation_taken", by: CAMILLE }))).place).toBeUndefined();
});

test("an agent's message ends their typing dots", () => {
  const typing = after(
    welcome(head()),
    chunk([started()]),
    frame({ type: "typing", conversation: "c1", on: true }),
  );
  expect(typing.typing).toBe(true);
  expect(apply(typing, live(theirs(2, "Here"))).typing).toBe(false);
});

test("a closed conversation stays the present one while it asks how it was, and no longer", () => {
  const rating = { ask: "Well?", scale: "five", comment: true } as const;
  const closed = head({ stage: "closed", rating });
  const asked = after(welcome(closed), chunk([started(), mine(2, "Hi")]));
  expect(asked.head?.rating).toEqual(rating);
  expect(texts(asked)).toEqual(["Hi"]);
  expect(openConversation(asked), "what is said next begins another").toBeUndefined();
  const rated = apply(asked, live(event(3, { type: "conversation_rated", rating: 4 })));
  expect(rated.head?.rating).toBeUndefined();
  const passed = after(welcome(head({ stage: "closed" })));
  expect(passed.head).toBeUndefined();
  expect(passed.earlier.map((one) => one.id)).toEqual(["c1"]);
});

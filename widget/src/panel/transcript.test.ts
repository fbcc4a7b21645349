/** How events become rows: groups, days, buttons in play, what counts as unread. */
import { expect, test } from "vitest";
import type { Event, EventBody } from "../shared/protocol";
import { rowsOf, turnInPlay, unreadAfter } from "./transcript";
import { apply, emptyView } from "./view";

const CAMILLE = { id: "a1", first_name: "Camille" };
const minute = (minutes: number, day = 26) => new Date(2026, 10, day, 10, minutes).toISOString();
const event = (seq: number, body: EventBody, at = minute(0)): Event => ({ seq, at, body });
const mine = (seq: number, at?: string): Event =>
  event(seq, { type: "message_posted", author: { type: "visitor" }, text: `m${seq}` }, at);
const rows = (...events: Event[]) => rowsOf(events, new Map());

test("lines of one sender stand together until somebody else speaks or time goes by", () => {
  const said = rows(
    mine(1),
    mine(2),
    event(3, { type: "conversation_taken", by: CAMILLE }),
    mine(4),
    mine(5, minute(9)),
  );
  expect(said.flatMap((row) => (row.type === "said" ? [[row.first, row.last]] : []))).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

test("each day begins with its name", () => {
  const kinds = rows(mine(1, minute(0, 25)), mine(2, minute(0, 26)), mine(3, minute(1, 26))).map(
    (row) => row.type,
  );
  expect(kinds).toEqual(["day", "said", "day", "said", "said"]);
});

test("a field answered by a text shows once, a form's answers show as a list", () => {
  const details: EventBody = {
    type: "details_given",
    details: [{ field: "email", label: "E-mail", value: "a@b.example", role: "email" }],
  };
  const contents = (...events: Event[]) =>
    rows(...events).flatMap((row) => (row.type === "said" ? [row.content.type] : []));
  expect(contents(mine(1), event(2, details))).toEqual(["text"]);
  expect(contents(event(1, details))).toEqual(["details"]);
});

test("what the shop's side says counts as unread, notices and one's own words do not", () => {
  const events = [
    mine(1),
    event(2, { type: "bot_spoke", turn: { say: ["Hello"] }, answers: 1 }),
    event(3, { type: "conversation_taken", by: CAMILLE }),
    event(4, { type: "message_posted", author: { type: "agent", agent: CAMILLE }, text: "Hi" }),
    event(5, { type: "withheld" }),
  ];
  expect(unreadAfter(events, 0)).toBe(2);
  expect(unreadAfter(events, 2)).toBe(1);
});

const view = (...events: Event[]) =>
  apply(emptyView({ say: ["Hello"] }, 1, true), {
    type: "frame",
    frame: { type: "events", conversation: "c", events, more: false, head: events.length },
  });
const offer = event(2, { type: "bot_spoke", turn: { say: ["?"], buttons: [{ label: "A" }] }, answers: 1 });

test("buttons go after the choice, after a text to the bot, and once a person is there", () => {
  expect(turnInPlay(view(mine(1), offer))?.seq).toBe(2);
  expect(
    turnInPlay(view(mine(1), offer, event(3, { type: "button_chosen", turn: 2, button: 0, label: "A" }))),
  ).toBe(undefined);
  expect(turnInPlay(view(mine(1), offer, mine(3)))).toBeUndefined();
  expect(
    turnInPlay(view(mine(1), offer, event(3, { type: "conversation_taken", by: CAMILLE }))),
  ).toBeUndefined();
});

test("in line an offer stays although the visitor writes", () => {
  const queued = event(1, { type: "conversation_queued", reason: { type: "handoff" } });
  expect(turnInPlay(view(queued, offer, mine(3)))?.seq).toBe(2);
});

test("products sent side by side are one line of the transcript, whatever their number", () => {
  const card = (product: string) => ({ product, title: product, availability: "in_stock" as const });
  const comparison = { cards: [card("a"), card("b"), card("c")], rows: [] };
  const said = rows(event(1, { type: "products_compared", by: CAMILLE, comparison }));
  expect(said.flatMap((row) => (row.type === "said" ? [row.content] : []))).toEqual([
    { type: "comparison", comparison },
  ]);
});

test("a shared page is told by what became of it, never by the question or by what an agent did there", () => {
  const step = (seq: number, what: object): Event =>
    event(seq, { type: "share_changed", share: "s1", step: what } as EventBody);
  const told = rows(
    step(1, { type: "asked", by: CAMILLE, level: "see" }),
    step(2, { type: "agreed", to: CAMILLE, level: "see" }),
    step(3, { type: "agreed", to: CAMILLE, level: "control" }),
    event(4, { type: "share_acted", share: "s1", by: CAMILLE, acts: [{ kind: "clicked", label: "Buy" }] }),
    step(5, { type: "control_ended", agent: CAMILLE, reason: "taken_back" }),
    step(6, { type: "ended", agent: CAMILLE, reason: "visitor_stopped" }),
  );
  expect(told.flatMap((row) => (row.type === "notice" ? [row.notice] : []))).toEqual([
    { type: "share", now: "see", name: "Camille" },
    { type: "share", now: "control", name: "Camille" },
    { type: "share", now: "control_ended", name: "Camille" },
    { type: "share", now: "ended", name: "Camille" },
  ]);
});

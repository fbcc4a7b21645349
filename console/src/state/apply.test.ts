/** The reducer: whatever the order in which things arrive, the same is shown, once. */
import { describe, expect, test } from "vitest";
import type { AgentRef, Event, Presence } from "../shared";
import { after, atDesk, camille, detailsOf, event, fromCamille, fromVisitor, noor, rowOf } from "./fixtures";
import type { Input } from "./input";
import { foundRows, offersToMe, rowsOf } from "./rows";
import { linesOf } from "./transcript";
import type { View } from "./view";

const id = "conversation";

function opened(): View {
  return after(atDesk(), { type: "room_opened", conversation: id });
}

function roomOf(view: View) {
  const room = view.rooms.get(id);
  if (!room) throw new Error("the room is not open");
  return room;
}

/** What is drawn as text, in order. */
function texts(view: View): string[] {
  return linesOf(roomOf(view), view.me).flatMap((line) => (line.type === "text" ? [line.text] : []));
}

const story: Event[] = [
  event(1, { type: "conversation_started", lang: "fr", bot_version: 1, test: false }),
  event(2, { type: "bot_spoke", answers: 0, turn: { say: ["Bonjour"], buttons: [{ label: "Aide" }] } }),
  event(3, { type: "button_chosen", turn: 2, button: 0, label: "Aide" }),
  event(4, {
    type: "details_given",
    details: [{ field: "email", label: "E-mail", value: "omar@example.org", role: "email" }],
  }),
  event(5, { type: "conversation_queued", reason: { type: "handoff" } }),
  event(6, { type: "conversation_taken", by: camille }),
  fromCamille(7, "Hello Omar"),
  event(8, {
    type: "document_shared",
    author: { type: "visitor" },
    document: { id: "plan", name: "plan.pdf", media_type: "application/pdf", bytes: 9, preview: false },
  }),
  fromVisitor(9, "Does it have a drawer?"),
];

describe("old view + events = fresh view", () => {
  const details = detailsOf(rowOf(id, { head: 1 }));
  const chunk = (events: Event[]): Input => ({
    type: "events",
    conversation: id,
    events,
    more: false,
    head: 9,
  });
  const fresh = after(opened(), { type: "details_loaded", details }, chunk(story));

  for (let known = 0; known <= story.length; known += 1) {
    test(`with ${known} events at first and the others one by one`, () => {
      const live = story.slice(known).map((one): Input => ({ type: "event", conversation: id, event: one }));
      const first = chunk(story.slice(0, known));
      const grown = after(opened(), { type: "details_loaded", details }, first, ...live);
      expect(roomOf(grown)).toEqual(roomOf(fresh));
    });
  }

  test("whatever is repeated and overlaps after a reconnection", () => {
    const twice = after(
      opened(),
      { type: "details_loaded", details },
      chunk(story.slice(0, 6)),
      { type: "event", conversation: id, event: story[5] as Event },
      chunk(story.slice(3)),
    );
    expect(roomOf(twice)).toEqual(roomOf(fresh));
  });

  test("and the details at the side follow the events", () => {
    expect(roomOf(fresh).details?.details).toEqual([
      { field: "email", label: "E-mail", value: "omar@example.org", role: "email" },
    ]);
    expect(roomOf(fresh).details?.documents.map((one) => one.document.name)).toEqual(["plan.pdf"]);
  });

  test("an event after a hole is not joined: it is asked for", () => {
    const holed = after(opened(), chunk(story.slice(0, 3)), {
      type: "event",
      conversation: id,
      event: story[6] as Event,
    });
    expect(roomOf(holed).log.last).toBe(3);
    expect(roomOf(holed).head).toBe(9);
  });
});

describe("what I send", () => {
  const send = (command: string, text: string): Input => ({
    type: "command_sent",
    id: command,
    conversation: id,
    command: { type: "post_message", text },
    at: "2026-11-26T11:00:00.000Z",
  });
  const ack = (command: string, seq: number): Input => ({ type: "ack", id: command, conversation: id, seq });
  const heard = (one: Event): Input => ({ type: "event", conversation: id, event: one });
  const begun = after(opened(), heard(fromVisitor(1, "Hi")));

  test("stands there at once, and once, when the acknowledgement comes first", () => {
    const sent = after(begun, send("a", "Hello"));
    expect(texts(sent)).toEqual(["Hi", "Hello"]);
    const acked = after(sent, ack("a", 2));
    expect(texts(acked)).toEqual(["Hi", "Hello"]);
    const done = after(acked, heard(fromCamille(2, "Hello")));
    expect(texts(done)).toEqual(["Hi", "Hello"]);
    expect(roomOf(done).pending).toEqual([]);
  });

  test("is never drawn twice when the event comes before its acknowledgement", () => {
    const early = after(begun, send("a", "Hello"), heard(fromCamille(2, "Hello")));
    expect(texts(early)).toEqual(["Hi", "Hello"]);
    expect(roomOf(after(early, ack("a", 2))).pending).toEqual([]);
  });

  test("keeps the second of two equal messages until its own event is here", () => {
    const both = after(begun, send("a", "ok"), send("b", "ok"), heard(fromCamille(2, "ok")));
    expect(texts(both)).toEqual(["Hi", "ok", "ok"]);
    const acked = after(both, ack("a", 2), heard(fromCamille(3, "ok")), ack("b", 3));
    expect(texts(acked)).toEqual(["Hi", "ok", "ok"]);
    expect(roomOf(acked).pending).toEqual([]);
  });

  test("says that it failed, and is sending again after a retry", () => {
    const refusal = { code: "text_too_long" as const, message: "" };
    const failed = after(begun, send("a", "Hello"), { type: "refused", id: "a", refusal });
    expect(roomOf(failed).pending[0]).toMatchObject({ state: "failed", refusal });
    expect(roomOf(after(failed, { type: "command_repeated", id: "a" })).pending[0]?.state).toBe("sending");
    expect(roomOf(after(failed, { type: "command_dropped", id: "a" })).pending).toEqual([]);
  });
});

describe("rows", () => {
  const hint = (parts: Parameters<typeof rowOf>[1]): Input => ({ type: "row", row: rowOf(id, parts) });

  test("a taken conversation leaves Waiting and stands in mine or in a colleague's list", () => {
    const waiting = after(atDesk(), hint({}));
    expect(rowsOf(waiting, "waiting").map((row) => row.id)).toEqual([id]);
    const mine = after(waiting, hint({ stage: "in_progress", version: 3, in_charge: camille }));
    expect(rowsOf(mine, "waiting")).toEqual([]);
    expect(rowsOf(mine, "mine").map((row) => row.id)).toEqual([id]);
    const hers = after(mine, hint({ stage: "in_progress", version: 4, in_charge: noor }));
    expect(rowsOf(hers, "mine")).toEqual([]);
    expect(rowsOf(hers, "colleagues").map((row) => row.id)).toEqual([id]);
  });

  test("a hint that was overtaken changes nothing", () => {
    const mine = after(atDesk(), hint({ stage: "in_progress", version: 3, head: 8, in_charge: camille }));
    expect(after(mine, hint({ head: 9 })).rows).toBe(mine.rows);
    expect(after(mine, hint({ stage: "in_progress", version: 3, head: 7, in_charge: camille })).rows).toBe(
      mine.rows,
    );
  });

  test("whoever came back from a vanished agent is first in line, then the longest wait", () => {
    const view = after(
      atDesk(),
      { type: "row", row: rowOf("short", { waiting_since: "2026-11-26T10:05:00.000Z" }) },
      { type: "row", row: rowOf("long", { waiting_since: "2026-11-26T09:00:00.000Z" }) },
      { type: "row", row: rowOf("back", { waiting_since: "2026-11-26T10:09:00.000Z", first_in_line: true }) },
    );
    expect(rowsOf(view, "waiting").map((row) => row.id)).toEqual(["back", "long", "short"]);
  });

  test("a conversation that is with the bot, or of a site off duty, is in no list", () => {
    const view = after(atDesk(), hint({ stage: "bot" }), {
      type: "row",
      row: rowOf("other", { site: "elsewhere" }),
    });
    expect(rowsOf(view, "waiting")).toEqual([]);
  });

  test("a live row beyond the pages read so far waits for its page", () => {
    const page = { items: [rowOf("one", { waiting_since: "2026-11-26T09:00:00.000Z" })], next: "cursor" };
    const view = after(atDesk(), { type: "list_loaded", list: "waiting", page, fresh: true }, hint({}));
    expect(rowsOf(view, "waiting").map((row) => row.id)).toEqual(["one"]);
  });

  test("a fresh first page takes away what left the list while nobody told", () => {
    const before = after(atDesk(), hint({}));
    const page = { items: [rowOf("other")] };
    const view = after(before, { type: "list_loaded", list: "waiting", page, fresh: true });
    expect(rowsOf(view, "waiting").map((row) => row.id)).toEqual(["other"]);
  });

  test("what was seen does not turn unread again by a late hint", () => {
    const row = { stage: "in_progress" as const, version: 3, head: 8, in_charge: camille };
    const seen = after(atDesk(), hint({ ...row, unread: 2 }), { type: "seen", conversation: id, seq: 8 });
    expect(seen.rows.get(id)?.unread).toBe(0);
    expect(after(seen, hint({ ...row, unread: 2 })).rows.get(id)?.unread).toBe(0);
    expect(after(seen, hint({ ...row, head: 9, unread: 1 })).rows.get(id)?.unread).toBe(1);
  });

  test("a search keeps the server's order and drops the answer to an earlier question", () => {
    const found = { items: [rowOf("b", { stage: "closed" }), rowOf("a", { stage: "closed" })] };
    const asked = after(atDesk(), { type: "search_asked", q: "oak", more: false });
    const late = after(asked, { type: "search_loaded", q: "oa", page: { items: [rowOf("x")] }, fresh: true });
    expect(foundRows(late)).toEqual([]);
    const view = after(asked, { type: "search_loaded", q: "oak", page: found, fresh: true });
    expect(foundRows(view).map((row) => row.id)).toEqual(["b", "a"]);
  });

  test("an offer to me is shown until it is answered", () => {
    const offer = {
      transfer: "t",
      from: noor,
      to: camille,
      note: "",
      expires_at: "2026-11-26T10:01:00.000Z",
    };
    const hers = { stage: "in_progress" as const, version: 3, in_charge: noor };
    const offered = after(atDesk(), hint({ ...hers, offer }));
    expect(offersToMe(offered).map((row) => row.id)).toEqual([id]);
    expect(offersToMe(after(offered, hint({ ...hers, head: 6 })))).toEqual([]);
  });
});

test("marks only rise, and a cut marks every room as not caught up", () => {
  const marks = (read: number): Input => ({
    type: "marks",
    conversation: id,
    marks: { visitor: { delivered: 9, read }, agent: { delivered: 0, read: 0 } },
  });
  const view = after(opened(), marks(7), marks(4));
  expect(roomOf(view).marks.visitor.read).toBe(7);
  const caught = after(view, { type: "events", conversation: id, events: [], more: false, head: 0 });
  expect(roomOf(caught).caughtUp).toBe(true);
  expect(roomOf(after(caught, { type: "link_changed", state: "lost" })).caughtUp).toBe(false);
});

test("rooms beyond the bound go, the oldest first, but none with an unsent line", () => {
  const many = Array.from({ length: 9 }, (_, at): Input => ({ type: "room_opened", conversation: `c${at}` }));
  const [first, ...rest] = many as [Input, ...Input[]];
  const unsent: Input = {
    type: "command_sent",
    id: "x",
    conversation: "c0",
    command: { type: "post_message", text: "wait" },
    at: "2026-11-26T11:00:00.000Z",
  };
  const view = after(atDesk(), first, unsent, ...rest);
  expect(view.rooms.size).toBe(8);
  expect(view.rooms.has("c0")).toBe(true);
  expect(view.rooms.has("c1")).toBe(false);
});

test("presence chosen in another tab is this tab's too, a colleague's is not", () => {
  const stands = (agent: AgentRef, presence: Presence): Input => ({
    type: "colleague",
    agent: { agent, presence, online: true, load: 0, sites: ["site"] },
  });
  const before = atDesk();
  expect(after(before, stands(noor, "busy")).presence).toBe(before.presence);
  expect(after(before, stands(camille, "busy")).presence).toBe("busy");
});

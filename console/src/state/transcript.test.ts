/** What a room looks like as lines. */
import { describe, expect, test } from "vitest";
import type { ProductCard } from "../shared";
import { after, atDesk, camille, detailsOf, event, fromCamille, fromVisitor, rowOf } from "./fixtures";
import { linesOf } from "./transcript";

const id = "conversation";

function linesFor(events: Parameters<typeof after>[1][]) {
  const view = after(atDesk(), { type: "room_opened", conversation: id }, ...events);
  const room = view.rooms.get(id);
  return room ? linesOf(room, camille) : [];
}

const heard = (...events: ReturnType<typeof event>[]) =>
  ({ type: "events", conversation: id, events, more: false, head: events.length }) as const;

describe("the transcript", () => {
  test("begins each day with its date and groups what one person says at once", () => {
    const lines = linesFor([
      heard(fromVisitor(1), { ...fromVisitor(2), at: fromVisitor(1).at }, fromCamille(3, "Hi")),
    ]);
    expect(lines.map((line) => line.type)).toEqual(["day", "text", "text", "text"]);
    expect(lines.flatMap((line) => ("foot" in line ? [line.foot] : []))).toEqual([false, true, true]);
  });

  test("shows on a card that the visitor saw and opened it", () => {
    const card = { product: "oak", title: "Oak desk" } as ProductCard;
    const lines = linesFor([
      heard(
        event(1, { type: "product_recommended", by: camille, card }),
        event(2, { type: "card_marked", card: 1, mark: "seen" }),
        event(3, { type: "card_marked", card: 1, mark: "opened" }),
      ),
    ]);
    expect(lines.find((line) => line.type === "card")).toMatchObject({ seen: true, opened: true });
  });

  test("shows which button was chosen and why the bot answered as it did", () => {
    const why = { rung: "button", version: 1, because: "step `help`" };
    const lines = linesFor([
      heard(
        event(1, { type: "bot_spoke", answers: 0, turn: { say: ["Hello"], buttons: [{ label: "Help" }] } }),
        event(2, { type: "button_chosen", turn: 1, button: 0, label: "Help" }),
        event(3, { type: "bot_explained", answers: 2, why }),
        event(4, { type: "bot_spoke", answers: 2, turn: { say: ["Here"] } }),
      ),
    ]);
    const turns = lines.filter((line) => line.type === "turn");
    expect(turns).toMatchObject([{ chosen: 0 }, { why }]);
  });

  test("shows the answers of a form, but not once more what was answered in words", () => {
    const given = (seq: number, value: string) =>
      event(seq, {
        type: "details_given",
        details: [{ field: "email", label: "E-mail", value, role: "email" }],
      });
    const asked = linesFor([heard(fromVisitor(1, "omar@example.org"), given(2, "omar@example.org"))]);
    expect(asked.map((line) => line.type)).toEqual(["day", "text"]);
    const form = linesFor([heard(fromVisitor(1, "Hello"), given(2, "omar@example.org"))]);
    expect(form.map((line) => line.type)).toEqual(["day", "text", "details"]);
  });

  test("says how far each of my messages got", () => {
    const marks = { visitor: { delivered: 2, read: 1 }, agent: { delivered: 0, read: 0 } };
    const lines = linesFor([
      heard(fromCamille(1, "a"), fromCamille(2, "b"), fromCamille(3, "c")),
      { type: "marks", conversation: id, marks },
    ]);
    expect(lines.flatMap((line) => ("sent" in line ? [line.sent?.state] : []))).toEqual([
      "read",
      "delivered",
      "sent",
    ]);
  });

  test("draws the line of new messages where the reading stopped", () => {
    const details = {
      ...detailsOf(rowOf(id)),
      marks: { visitor: { delivered: 0, read: 0 }, agent: { delivered: 1, read: 1 } },
    };
    const lines = linesFor([{ type: "details_loaded", details }, heard(fromVisitor(1), fromVisitor(2))]);
    expect(lines.map((line) => line.type)).toEqual(["day", "text", "new", "text"]);
  });
});

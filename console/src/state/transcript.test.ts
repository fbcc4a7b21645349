/** What a room looks like as lines. */
import { describe, expect, test } from "vitest";
import type { CardMark, ProductCard, ProductComparison } from "../shared";
import { after, atDesk, camille, detailsOf, event, fromCamille, fromVisitor, rowOf } from "./fixtures";
import { linesOf } from "./transcript";

const id = "conversation";

const comparison: ProductComparison = {
  cards: [
    { product: "oak", title: "Oak desk", availability: "in_stock" },
    { product: "ash", title: "Ash desk", availability: "in_stock" },
  ],
  rows: [{ what: { type: "attribute", name: "Wood" }, values: ["Oak", "Ash"] }],
};

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

  test("shows on a card that the visitor saw it, opened it and put it into the cart", () => {
    const card = { product: "oak", title: "Oak desk" } as ProductCard;
    const marked = (seq: number, mark: CardMark) => event(seq, { type: "card_marked", card: 1, mark });
    const lines = linesFor([
      heard(
        event(1, { type: "product_recommended", by: camille, card }),
        marked(2, "seen"),
        marked(3, "opened"),
        marked(4, "added"),
      ),
    ]);
    const marks = lines.flatMap((line) => (line.type === "card" ? [line.marks] : []));
    expect(marks).toMatchObject([{ seen: true }]);
    expect([marks[0]?.opened.size, marks[0]?.added.size]).toEqual([1, 1]);
  });

  test("shows of a comparison which of its products was opened and which one went into the cart", () => {
    const lines = linesFor([
      heard(
        event(1, { type: "products_compared", by: camille, comparison }),
        event(2, { type: "card_marked", card: 1, mark: "seen" }),
        event(3, { type: "card_marked", card: 1, mark: "opened", product: "oak" }),
        event(4, { type: "card_marked", card: 1, mark: "added", product: "ash" }),
      ),
    ]);
    const line = lines.find((one) => one.type === "comparison");
    expect(line).toMatchObject({ comparison, marks: { seen: true } });
    expect([...(line?.marks.opened ?? [])]).toEqual(["oak"]);
    expect([...(line?.marks.added ?? [])]).toEqual(["ash"]);
  });

  test("draws a comparison on its way with its products, and once only when its event is here", () => {
    const products = comparison.cards.map(({ product }) => ({ product }));
    const command = { type: "compare_products", products } as const;
    const shown = { comparison: { ...comparison, rows: [] } };
    const sent = {
      type: "command_sent",
      id: "c1",
      conversation: id,
      command,
      at: fromCamille(1, "").at,
      shown,
    } as const;
    const drawn = (...inputs: Parameters<typeof linesFor>[0]) =>
      linesFor([sent, ...inputs]).flatMap((line) => (line.type === "comparison" ? [line] : []));
    expect(drawn()).toMatchObject([{ comparison: shown.comparison, sent: { state: "sending" } }]);
    const there = event(1, { type: "products_compared", by: camille, comparison });
    expect(drawn({ type: "event", conversation: id, event: there })).toMatchObject([{ comparison }]);
    expect(drawn({ type: "ack", conversation: id, id: "c1", seq: 1 }, heard(there))).toHaveLength(1);
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

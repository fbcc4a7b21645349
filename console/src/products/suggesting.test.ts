/** When suggestions change, and when they wait so as not to jump under somebody's hand. */
import { expect, test } from "vitest";
import type { Constraint, Suggestion, Suggestions } from "../shared";
import { camille, event, fromVisitor } from "../state/fixtures";
import { emptyRoom } from "../state/view";
import { noSuggesting, type Suggesting, type SuggestingInput, sentSince, step } from "./suggesting";

const after = (...inputs: SuggestingInput[]): Suggesting => inputs.reduce(step, noSuggesting);
const under50: Constraint = {
  type: "price",
  most: { minor: 5_000, currency: "EUR", decimals: 2 },
  said: "moins de 50 euros",
};
const blue: Constraint = { type: "attribute", name: "Colour", value: "blue", not: false, said: "blue" };

function of(...products: string[]): Suggestions {
  const suggestions = products.map((product): Suggestion => {
    const card = { product, title: product, availability: "in_stock" as const };
    return { hit: { card, variants: 1 }, reasons: [{ type: "in_stock" }], breaks: [] };
  });
  return {
    lang: "en",
    generation: 1,
    took_us: 5,
    constraints: [],
    relaxed: false,
    suggestions,
    similar: [],
    complementary: [],
  };
}

const moved = (said: number): SuggestingInput => ({ type: "moved", said });
const answered = (turn: number, ...products: string[]): SuggestingInput => ({
  type: "answered",
  turn,
  suggestions: of(...products),
});
const names = (now: Suggesting) => now.shown?.suggestions.map(({ hit }) => hit.card.product);

test("suggestions follow what the visitor says, and a late answer is dropped", () => {
  const now = after(moved(4), moved(6), answered(1, "mug"), answered(2, "lamp"));
  expect(names(now)).toEqual(["lamp"]);
  expect(after(moved(4), moved(6), answered(2, "lamp"), answered(1, "mug"))).toEqual({ ...now });
});

test("under the pointer or the focus the list stays, says that there is more, and changes when let go", () => {
  const held = after(moved(1), answered(1, "mug"), { type: "held" }, moved(2), answered(2, "lamp"));
  expect(names(held)).toEqual(["mug"]);
  expect(held.waiting).toBeDefined();
  expect(names(step(held, { type: "let_go" }))).toEqual(["lamp"]);
  expect(names(step(held, { type: "shown" }))).toEqual(["lamp"]);
});

test("the same products in the same order do not wait, nor does a list that was empty", () => {
  const same = after(moved(1), answered(1, "mug"), { type: "held" }, moved(2), answered(2, "mug"));
  expect(same.waiting).toBeUndefined();
  const first = after(moved(1), answered(1), { type: "held" }, moved(2), answered(2, "lamp"));
  expect(names(first)).toEqual(["lamp"]);
});

test("a wish that the agent leaves out is answered at once, and taken in again when the visitor speaks", () => {
  const out = after(
    moved(1),
    answered(1, "mug"),
    { type: "held" },
    { type: "left_out", constraint: under50 },
  );
  expect(out.leftOut).toEqual([under50]);
  expect(names(step(out, answered(2, "lamp")))).toEqual(["lamp"]);
  expect(step(out, moved(1)).leftOut, "another page is not another wish").toEqual([under50]);
  expect(step(out, moved(2)).leftOut).toEqual([]);
});

test("wishes are left out one by one, each once, and come back one by one", () => {
  const out = after(
    { type: "left_out", constraint: under50 },
    { type: "left_out", constraint: blue },
    { type: "left_out", constraint: { ...under50, said: "under 50" } },
  );
  expect(out.leftOut.map((one) => one.type)).toEqual(["attribute", "price"]);
  expect(step(out, { type: "taken_in", constraint: under50 }).leftOut).toEqual([blue]);
});

test("a failure keeps what is shown and is forgotten with the next answer", () => {
  const failed = after(moved(1), answered(1, "mug"), moved(2), { type: "failed", turn: 2, later: false });
  expect(failed).toMatchObject({ state: "failed" });
  expect(names(failed)).toEqual(["mug"]);
  expect(after(moved(1), moved(2), { type: "failed", turn: 1, later: true }).state).toBe("asking");
});

test("what was sent since the visitor spoke is not offered again, what was sent before may be", () => {
  const sent = (seq: number, product: string) => {
    const card = { product, title: product, availability: "in_stock" as const };
    return event(seq, { type: "product_recommended", by: camille, card });
  };
  const cards = [{ product: "pot", title: "Pot", availability: "in_stock" as const }];
  const compared = event(4, { type: "products_compared", by: camille, comparison: { cards, rows: [] } });
  const events = [sent(1, "mug"), fromVisitor(2), sent(3, "lamp"), compared];
  const pending = [
    {
      id: "c",
      command: { type: "recommend_product" as const, product: "vase" },
      at: "2026-11-26T10:04:00.000Z",
      state: "sending" as const,
    },
  ];
  const room = emptyRoom("conversation");
  expect([...sentSince({ ...room, log: { ...room.log, events }, pending })]).toEqual(["lamp", "pot", "vase"]);
});

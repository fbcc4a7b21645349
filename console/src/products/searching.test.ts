/** How a search goes on while an agent types, chooses and waits. */
import { expect, test } from "vitest";
import type { CatalogCounts, CatalogHits } from "../shared";
import { noFilters } from "./question";
import { noSearch, readAs, type Search, type SearchInput, step, wordsFound } from "./searching";

const after = (...inputs: SearchInput[]): Search => inputs.reduce(step, noSearch);

function hits(query: string, parts: Partial<CatalogHits> = {}): CatalogHits {
  return {
    query,
    lang: "en",
    took_us: 90,
    generation: 1,
    hits: [],
    total: 0,
    corrections: [],
    dropped: [],
    without: [],
    ...parts,
  };
}

const counts: CatalogCounts = { in_stock: 3, categories: [], brands: [], attributes: [] };
const written = (text: string): SearchInput => ({ type: "written", text });
const answer = (of: Search, query: string, depth: "type_ahead" | "ranked" = "type_ahead"): SearchInput => ({
  type: "answered",
  turn: of.turn,
  depth,
  hits: hits(query),
});

test("an answer to what was typed before is dropped, the newest is shown", () => {
  const lam = after(written("lam"));
  const lamp = step(lam, written("lamp"));
  const late = step(lamp, answer(lam, "lam"));
  expect(late).toBe(lamp);
  expect(step(late, answer(lamp, "lamp"))).toMatchObject({ state: "answered", answer: { query: "lamp" } });
});

test("while the next answer is awaited the one before stays, and says what it answers", () => {
  const lam = after(written("lam"));
  const shown = step(step(lam, answer(lam, "lam")), written("lamp"));
  expect(shown).toMatchObject({ state: "asking", answer: { query: "lam" }, question: { text: "lamp" } });
});

test("a ranked answer is not replaced by that of the same words' beginnings", () => {
  const asked = after(written("lamp"));
  const ranked = step(asked, answer(asked, "lamp", "ranked"));
  expect(step(ranked, answer(asked, "lamp"))).toBe(ranked);
});

test("words are asked as they come; filters, order, Enter and the way back from a correction at once", () => {
  expect(after(written("lamp")).pace).toBe("typing");
  for (const input of [
    { type: "filtered", filters: { ...noFilters, inStock: true } },
    { type: "sorted", sort: "price_up" },
    { type: "as_typed", on: true },
    { type: "more" },
    { type: "ranked" },
  ] satisfies SearchInput[]) {
    expect(after(written("lamp"), input)).toMatchObject({ pace: "chosen", state: "asking" });
  }
});

test("other words are corrected again and begin with the first rows", () => {
  const search = after(written("lampr"), { type: "as_typed", on: true }, { type: "more" }, written("lamps"));
  expect(search.question).toMatchObject({ asTyped: false, limit: 20, text: "lamps" });
});

test("emptied, nothing is asked and nothing answered; with a filter the products are listed", () => {
  const lamp = after(written("lamp"));
  const emptied = step(step(lamp, answer(lamp, "lamp")), written(" "));
  expect(emptied.state).toBe("idle");
  expect(emptied.answer).toBeUndefined();
  const filtered = step(emptied, { type: "filtered", filters: { ...noFilters, brands: ["Oak & Co"] } });
  expect(filtered.state).toBe("asking");
});

test("what there is to choose from is known before a word is typed, without listing anything", () => {
  const asked = after({ type: "ranked" });
  const known = step(asked, {
    type: "answered",
    turn: asked.turn,
    depth: "ranked",
    hits: hits("", { counts }),
  });
  expect(known).toMatchObject({ state: "idle", counts });
  expect(known.answer).toBeUndefined();
});

test("a space more asks nothing again", () => {
  const lamp = after(written("lamp"));
  expect(step(lamp, written("lamp "))).toMatchObject({ turn: lamp.turn, question: { text: "lamp " } });
});

test("a busy or rebuilding catalog is said, and forgotten with the answer", () => {
  const lamp = after(written("lamp"));
  const later = step(lamp, { type: "put_off", turn: lamp.turn, why: "rebuilding" });
  expect(later.state).toBe("rebuilding");
  expect(step(later, answer(lamp, "lamp")).state).toBe("answered");
  expect(step(lamp, { type: "failed", turn: lamp.turn - 1 })).toBe(lamp);
});

test("corrected words stand in their places and are marked in the titles too", () => {
  const corrections = [{ typed: "lampr", read_as: "lampe" }];
  expect(readAs({ query: "Lampr dorée", corrections })).toBe("lampe dorée");
  expect(readAs({ query: "abat jours", corrections: [{ typed: "abatjours", read_as: "abat-jour" }] })).toBe(
    "abat jours abat-jour",
  );
  const lamp = after(written("lampr"));
  const found = step(lamp, {
    type: "answered",
    turn: lamp.turn,
    depth: "ranked",
    hits: hits("lampr", { corrections }),
  });
  expect(found.answer && wordsFound(found.answer)).toBe("lampr lampe");
});

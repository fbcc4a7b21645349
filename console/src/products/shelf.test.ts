/** Products at hand: the latest first, each once, never more than the server keeps. */
import { expect, test } from "vitest";
import type { CatalogHit, ProductsAtHand } from "../shared";
import { withoutPin, withPin, withRecent } from "./shelf";

const hit = (product: string): CatalogHit => ({
  card: { product, title: product, availability: "in_stock" },
  variants: 1,
});
const empty: ProductsAtHand = { pinned: [], recent: [] };
const names = (hits: readonly CatalogHit[]) => hits.map((one) => one.card.product);

test("what was recommended last stands first, and once", () => {
  const shelf = ["a", "b", "a"].reduce((all, one) => withRecent(all, hit(one)), empty);
  expect(names(shelf.recent)).toEqual(["a", "b"]);
  const many = Array.from({ length: 30 }, (_, at) => hit(`p${at}`)).reduce(withRecent, empty);
  expect(names(many.recent)).toHaveLength(10);
  expect(names(many.recent)[0]).toBe("p29");
});

test("a pin stays until it is taken out", () => {
  const shelf = withPin(withPin(empty, hit("a")), hit("b"));
  expect(names(withoutPin(shelf, "a").pinned)).toEqual(["b"]);
});

/** What is ticked for a comparison. */
import { expect, test } from "vitest";
import type { ProductCard } from "../shared";
import { toggled } from "./ticks";

const card = (product: string, sku?: string): ProductCard => ({
  product,
  title: product,
  availability: "in_stock",
  ...(sku === undefined ? {} : { sku }),
});
const names = (cards: readonly ProductCard[] | undefined) =>
  cards?.map((one) => `${one.product}${one.sku ?? ""}`).join(" ");

test("products are kept in the order in which they were ticked, and go when ticked again", () => {
  const three = ["a", "b", "c"].reduce<readonly ProductCard[]>(
    (all, one) => toggled(all, card(one)) ?? [],
    [],
  );
  expect(names(three)).toBe("a b c");
  expect(names(toggled(three, card("b")))).toBe("a c");
});

test("another variant of a product takes its place: a comparison with itself says nothing", () => {
  const two = [card("a", "1"), card("b")];
  expect(names(toggled(two, card("a", "2")))).toBe("a2 b");
});

test("a fifth product finds no room, another variant of one of four does", () => {
  const four = [card("a", "1"), card("b"), card("c"), card("d")];
  expect(toggled(four, card("e"))).toBeUndefined();
  expect(names(toggled(four, card("a", "2")))).toBe("a2 b c d");
});

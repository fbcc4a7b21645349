/** What is asked of the catalog, and how filters are put on and taken off. */
import { expect, test } from "vitest";
import {
  asksNothing,
  type Filters,
  filtersOn,
  noFilters,
  noQuestion,
  searchPath,
  withAttribute,
  withBrand,
  withoutFilter,
  withoutKind,
} from "./question";

const all: Filters = {
  inStock: true,
  category: ["Home", "Lamps"],
  brands: ["Oak & Co", "Noci"],
  least: 1_000,
  most: 5_000,
  attributes: new Map([
    ["Colour", ["blue", "green"]],
    ["Size", ["42"]],
  ]),
};

test("every filter that is on can be taken off by itself, and nothing else goes with it", () => {
  const on = filtersOn(all);
  expect(on).toHaveLength(8);
  for (const filter of on) {
    expect(filtersOn(withoutFilter(all, filter))).toEqual(on.filter((one) => one !== filter));
  }
});

test("a kind of filter goes as a whole, of attributes only the one named", () => {
  expect(withoutKind(all, "brand", undefined).brands).toEqual([]);
  expect([...withoutKind(all, "attribute", "Colour").attributes.keys()]).toEqual(["Size"]);
  expect(withoutKind(all, "price", undefined)).toMatchObject({ least: undefined, most: undefined });
});

test("ticking twice keeps a value once, unticking the last forgets its name", () => {
  expect(withBrand(withBrand(noFilters, "Noci", true), "Noci", true).brands).toEqual(["Noci"]);
  const blue = withAttribute(noFilters, "Colour", "blue", true);
  expect(withAttribute(blue, "Colour", "blue", false)).toEqual(noFilters);
});

test("nothing is asked without a word and a filter", () => {
  expect(asksNothing({ ...noQuestion, text: "  " })).toBe(true);
  expect(asksNothing({ ...noQuestion, filters: withBrand(noFilters, "Noci", true) })).toBe(false);
});

test("what is typed cannot leave its place in the address", () => {
  const path = searchPath("site", "fr", { ...noQuestion, text: "a&limit=999 100%" }, "type_ahead");
  expect(new URL(path, "http://x").searchParams.get("q")).toBe("a&limit=999 100%");
  expect(new URL(path, "http://x").searchParams.getAll("limit")).toEqual(["20"]);
});

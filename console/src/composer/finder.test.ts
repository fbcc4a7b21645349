/** When a # in a reply looks for a product. */
import { expect, test } from "vitest";
import { finderAt, withoutFinder } from "./finder";

const at = (text: string) => finderAt(text, text.length);

test("a # that begins a word looks for a product", () => {
  expect(at("#")).toMatchObject({ query: "" });
  expect(at("Look: #oak desk")).toMatchObject({ from: 6, query: "oak desk" });
});

test("a # within a word, on an earlier line or followed by a sentence does not", () => {
  expect(at("C#")).toBeUndefined();
  expect(at("#oak\nHello")).toBeUndefined();
  expect(at("# oak")).toBeUndefined();
  expect(at("#one two three four five six seven")).toBeUndefined();
});

test("what was typed for the search goes when the product is sent", () => {
  const text = "Here you are #oak";
  const finder = at(text);
  expect(finder && withoutFinder(text, finder)).toBe("Here you are ");
});

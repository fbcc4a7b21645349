/** Which letters of a title are marked. */
import { expect, test } from "vitest";
import { highlighted } from "./highlight";

const marked = (title: string, query: string) =>
  highlighted(title, query)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join("");

test.each([
  ["Oak desk 120 cm", "oak 12", "[Oak] desk [12]0 cm"],
  ["Chaise en chêne massif", "chene", "Chaise en [chêne] massif"],
  ["Cœur de lin", "coe", "[Cœ]ur de lin"],
  ["Oak desk", "", "Oak desk"],
  ["Bookshelf", "shelf", "Bookshelf"],
])("%s searched by %s", (title, query, expected) => {
  expect(marked(title, query)).toBe(expected);
});

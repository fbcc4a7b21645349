/** What people paste, give as an example, and move: small rules of the forms. */
import { describe, expect, test } from "vitest";
import { hasComments } from "./files";
import { patternFrom } from "./pattern";
import { QUESTIONS_MAX, withPasted } from "./Questions";
import { placeAfter } from "./Reorder";

describe("pasted questions", () => {
  test("each line is a question, without its bullet or its empty neighbours", () => {
    expect(withPasted([], 0, "- When?\r\n\n• How long?\n  Where?  ")).toEqual([
      "When?",
      "How long?",
      "Where?",
    ]);
  });

  test("they come after the line that they were pasted into, and before the others", () => {
    expect(withPasted(["a", "b"], 0, "x\ny")).toEqual(["a", "x", "y", "b"]);
    expect(withPasted(["a"], 1, "x\ny")).toEqual(["a", "x", "y"]);
  });

  test("no more than a question may have", () => {
    expect(withPasted([], 0, "q\n".repeat(50)).length).toBe(QUESTIONS_MAX);
    const many = Array.from({ length: QUESTIONS_MAX - 1 }, (_, at) => `old ${at}`);
    expect(withPasted(many, 0, "x\ny\nz")).toEqual(["old 0", "x", ...many.slice(1)]);
  });
});

test.each([
  ["AT-20417", "AT-\\d{5}"],
  ["FR 12.34", "FR \\d{2}\\.\\d{2}"],
  ["é(1)", "é\\(\\d{1}\\)"],
])("the example %s has the form %s", (example, pattern) => {
  expect(patternFrom(example)).toBe(pattern);
  expect(new RegExp(`^(?:${patternFrom(example)})$`, "u").test(example)).toBe(true);
});

test.each([
  ["# a note\nformat = 1", true],
  ["format = 1 # a note", true],
  ['url = "https://shop.example/#top"', false],
  ["pattern = '#\\d'", false],
  ['say = """\n# no comment\n"""', false],
])("%j has a comment: %s", (toml, has) => {
  expect(hasComments(toml)).toBe(has);
});

test.each([
  [2, 2, 0, 0],
  [1, 0, 2, 0],
  [1, 2, 0, 2],
  [3, 0, 2, 3],
])("what stood at %i, after a move from %i to %i, stands at %i", (place, from, to, now) => {
  expect(placeAfter(place, from, to)).toBe(now);
});

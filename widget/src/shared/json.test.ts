/** JSON on pages with a library that gives arrays a `toJSON`. */
import { expect, test } from "vitest";
import { toJson } from "./json";

type Spoiled = { toJSON?: () => unknown };
const arrays = Array.prototype as unknown as Spoiled;

test("an array is written as an array, whatever the page gave it, and keeps what that was", () => {
  const theirs = () => "[theirs]";
  arrays.toJSON = theirs;
  try {
    expect(JSON.stringify([1])).toBe('"[theirs]"');
    expect(toJson({ list: [1, { deep: ["é"] }] })).toBe('{"list":[1,{"deep":["é"]}]}');
    expect(arrays.toJSON).toBe(theirs);
  } finally {
    delete arrays.toJSON;
  }
});

test("what cannot be written throws as ever, and the page has its own again", () => {
  const round: { self?: unknown } = {};
  round.self = round;
  const theirs = () => "";
  arrays.toJSON = theirs;
  try {
    expect(() => toJson(round)).toThrow(TypeError);
    expect(arrays.toJSON).toBe(theirs);
  } finally {
    delete arrays.toJSON;
  }
  expect("toJSON" in arrays).toBe(false);
});

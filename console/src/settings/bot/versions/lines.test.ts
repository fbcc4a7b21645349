/** How a comparison is turned round, numbered and folded. */
import { expect, test } from "vitest";
import type { BotLine } from "../../../shared";
import { countsOf, folded, numbered, turned } from "./lines";

/** ` a`, `+b`, `-c`. */
const lines = (text: string): BotLine[] =>
  text.split(" ").map((word) => ({
    change: word.startsWith("+") ? "added" : word.startsWith("-") ? "removed" : "same",
    text: word.replace(/^[+-]/, ""),
  }));

const written = (all: readonly BotLine[]) =>
  all
    .map(({ change, text }) => `${change === "added" ? "+" : change === "removed" ? "-" : ""}${text}`)
    .join(" ");

test("turned round, what came is gone, and still stands after what is gone", () => {
  for (const [from, to] of [
    ["a -b +c d", "a -c +b d"],
    ["-a -b +c +d", "-c -d +a +b"],
    ["a +b -c +d e", "a -b -d +c e"],
    ["a b", "a b"],
    ["+a", "-a"],
  ] as const)
    expect(written(turned(lines(from)))).toBe(to);
});

test("turned round twice, a comparison says the same", () => {
  const all = lines("a -b -c +d e +f g -h");
  expect(written(turned(turned(all)))).toBe(written(all));
});

test("each line has its number in the texts that have it", () => {
  expect(numbered(lines("a -b +c d")).map(({ before, after }) => [before, after])).toEqual([
    [1, 1],
    [2, undefined],
    [undefined, 2],
    [3, 3],
  ]);
});

test("unchanged lines far from a change are folded, near ones are kept", () => {
  const many = Array.from({ length: 20 }, (_, place) => `l${place}`).join(" ");
  const parts = folded(numbered(lines(`${many} +x ${many}`)));
  expect(parts.map(({ type, lines: part }) => [type, part.length])).toEqual([
    ["same", 17],
    ["lines", 7],
    ["same", 17],
  ]);
  expect(folded(numbered(lines("a b c")))).toEqual([{ type: "same", lines: numbered(lines("a b c")) }]);
});

test("a single unchanged line between two changes is drawn, not folded", () => {
  const parts = folded(numbered(lines("+x a b c d e f g +y")));
  expect(parts.map(({ type }) => type)).toEqual(["lines"]);
});

test("what came and what is gone is counted", () => {
  expect(countsOf(lines("a +b +c -d"))).toEqual({ added: 2, removed: 1 });
});

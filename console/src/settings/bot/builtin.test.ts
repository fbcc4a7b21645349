/** The words that are shown as the bot's own are those that the server says. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import built from "../../words/builtin.json";

const source = readFileSync(new URL("../../../../src/rules/bot/words.rs", import.meta.url), "utf8")
  // A long text is broken over lines by a backslash.
  .replace(/\\\n\s*/g, "");

test.each(Object.entries(built))("every built-in word in %s is the server's", (_, words) => {
  const strange = Object.values(words)
    .flatMap((text) => text.split("\n"))
    .filter((text) => !source.includes(`"${text}"`));
  expect(strange).toEqual([]);
});

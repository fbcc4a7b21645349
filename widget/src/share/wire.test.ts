/** What the server could not read of a page's text. */
import { expect, test } from "vitest";
import { wellFormed } from "./wire";

test("a lone surrogate is replaced, everything else of the text stays as it is", () => {
  const texts = [
    "half \ud83d of a smile",
    "\ude00 other half",
    "😀 whole",
    "a \\ud800 that was written so",
    'q"\\',
    "\n",
  ];
  const read = JSON.parse(wellFormed(JSON.stringify(texts)));
  expect(read).toEqual(texts.map((text) => text.toWellFormed()));
});

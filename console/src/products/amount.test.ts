/** Prices as agents type them. */
import { expect, test } from "vitest";
import { amountOf, amountText } from "./amount";

test.each<[string, number, number | "bad" | undefined]>([
  ["12.50", 2, 1_250],
  ["12,5", 2, 1_250],
  ["1 200 €", 2, 120_000],
  ["1\u202f200,00", 2, 120_000],
  ["50", 2, 5_000],
  ["50.", 2, 5_000],
  ["4999 JPY", 0, 4_999],
  ["4999.5", 0, "bad"],
  ["1.234", 3, 1_234],
  ["", 2, undefined],
  ["cheap", 2, "bad"],
  ["-5", 2, "bad"],
  ["1e9", 2, "bad"],
])("%j with %i decimals is %j", (text, decimals, amount) => {
  expect(amountOf(text, decimals)).toBe(amount);
});

test("what is shown in the field is read as the same amount", () => {
  for (const lang of ["fr", "en"]) {
    for (const minor of [0, 5, 1_250, 120_000]) {
      expect(amountOf(amountText(minor, 2, lang), 2)).toBe(minor);
    }
  }
});

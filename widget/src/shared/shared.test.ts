/** Words, formats and addresses that both packages use. */
import { expect, test } from "vitest";
import { bytes, day, duration, money } from "./format";
import { safeLink, safeTextLink } from "./links";
import { differences, translator } from "./words";
import en from "./words/en.json";
import fr from "./words/fr.json";

test("shared words are the same keys and placeholders in every language", () => {
  expect(differences(en, fr)).toEqual([]);
});

test("a translation that lost a key or a placeholder is found", () => {
  expect(differences({ a: "{n}", b: "x" }, { a: "n", c: "y" })).toEqual([
    "`a` has other placeholders",
    "`b` is missing",
    "`c` is not in the model",
  ]);
});

test("French counts zero and one as one", () => {
  const t = translator("fr", { pages: { one: "{count} page", other: "{count} pages" } });
  expect([0, 1, 2, 1200].map((count) => t("pages", { count }))).toEqual([
    "0 page",
    "1 page",
    "2 pages",
    "1\u202f200 pages",
  ]);
});

test("money is written as the language writes it, from minor units", () => {
  expect(money({ minor: 124900, currency: "EUR", decimals: 2 }, "fr")).toBe("1\u202f249,00\u00a0€");
  expect(money({ minor: 24900, currency: "EUR", decimals: 2 }, "en")).toBe("€249.00");
  expect(money({ minor: 1500, currency: "JPY", decimals: 0 }, "en")).toBe("¥1,500");
});

test("sizes and waits take their unit from the language", () => {
  expect(bytes(214_300, "fr")).toBe("214\u202fko");
  expect(bytes(1_400_000, "en")).toBe("1.4 MB");
  expect(duration(45, "en")).toBe("45 sec");
  expect(duration(7_500, "fr")).toBe("2\u202fh 5\u00a0min");
});

test("days are said as today and yesterday, then by name", () => {
  const t = translator("en", en);
  const now = new Date(2026, 10, 26, 9);
  const at = (date: number) => new Date(2026, 10, date, 22).toISOString();
  expect([26, 25, 20].map((date) => day(at(date), now, "en", t))).toEqual([
    "Today",
    "Yesterday",
    "Friday, November 20",
  ]);
});

test("only web, mail and telephone addresses become links", () => {
  expect(safeLink("https://shop.example/a")).toBe("https://shop.example/a");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "/relative", "", undefined])
    expect(safeLink(bad)).toBeUndefined();
  expect(safeTextLink("mailto:a@b.example")).toBe("mailto:a@b.example");
  expect(safeTextLink("file:///etc/passwd")).toBeUndefined();
});

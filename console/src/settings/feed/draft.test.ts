/** From what an admin says of a file to the settings that are kept. */
import { expect, test } from "vitest";
import type { FeedPreview, FeedSettings } from "../../shared";
import {
  carriedOver,
  draftOf,
  hundredthsOf,
  isPlain,
  settingsOf,
  valuesOf,
  withField,
  withoutValue,
  withValue,
} from "./draft";

const settings: FeedSettings = { currency: "EUR" };
const header = ["Réf", "Désignation", "Prix HT", "Coloris"];
const preview: FeedPreview = {
  id: "p",
  file: "shop.csv",
  bytes: 10,
  lang: "fr",
  settings,
  dialect: "home-made",
  encoding: "UTF-8",
  separator: "semicolon",
  columns: header.map((name) => ({
    name,
    field: name === "Coloris" ? { type: "option", name: "Coloris" } : { type: "ignore" },
    confidence: "guess",
    samples: [],
    distinct: [],
  })),
  missing: [],
  added_columns: [],
  removed_columns: [],
  rows: 1,
  products: 1,
  rejected: 0,
  warnings: 0,
  faults: [],
  examples: [],
};

test("what nobody said is not in the mapping", () => {
  const draft = withField(draftOf(settings), preview, "Coloris", { type: "option", name: "Coloris" });
  expect(settingsOf(draft, header)).toEqual({ currency: "EUR" });
});

test("a corrected column and a tax rate are kept with the header they were said for", () => {
  const draft = withField({ ...draftOf(settings), taxRate: "5,5 %" }, preview, "Prix HT", {
    type: "price_without_tax",
  });
  expect(settingsOf(draft, header)).toEqual({
    currency: "EUR",
    tax_rate: 550,
    mapping: { header, columns: [{ column: "Prix HT", field: { type: "price_without_tax" } }], values: [] },
  });
});

test("what was said can be read back and said again", () => {
  let draft = withField(draftOf(settings), preview, "Réf", { type: "sku" });
  draft = withValue(draft, "Coloris", "NOIR MAT", ["noir"]);
  const kept = settingsOf(draft, header);
  expect(settingsOf(draftOf(kept), header)).toEqual(kept);
});

test("a word stands for several, for none, or for itself", () => {
  let draft = withValue(draftOf(settings), "Coloris", "Bleu/blanc", valuesOf(" bleu; blanc;bleu"));
  expect(draft.values).toEqual([{ column: "Coloris", from: "Bleu/blanc", to: ["bleu", "blanc"] }]);
  draft = withoutValue(draft, "Coloris", "n.c.");
  expect(draft.values.at(-1)).toEqual({ column: "Coloris", from: "n.c.", to: [] });
  draft = withValue(draft, "Coloris", "Bleu/blanc", ["Bleu/blanc"]);
  expect(draft.values.map((value) => value.from)).toEqual(["n.c."]);
});

test("columns of another file are left out of its mapping", () => {
  const draft = withField(draftOf(settings), preview, "Réf", { type: "sku" });
  expect(settingsOf(draft, ["Other"])).toEqual({ currency: "EUR" });
});

test("a further file brings what is recognised of it, and what was said stays", () => {
  const before = draftOf({ currency: "EUR" });
  const after = draftOf({
    currency: "CHF",
    mapping: {
      header: ["ID", "Coloris"],
      columns: [
        { column: "ID", field: { type: "id" } },
        { column: "Coloris", field: { type: "tags" } },
      ],
      values: [{ column: "Coloris", from: "NOIR MAT", to: ["noir"] }],
    },
  });
  let said = withField({ ...before, taxRate: "20" }, preview, "Coloris", { type: "attribute", name: "Ton" });
  said = withValue(said, "Coloris", "NOIR MAT", ["noir mat"]);
  const carried = carriedOver(said, before, after);
  expect([carried.currency, carried.taxRate]).toEqual(["CHF", "20"]);
  expect([...carried.fields]).toEqual([
    ["ID", { type: "id" }],
    ["Coloris", { type: "attribute", name: "Ton" }],
  ]);
  expect(carried.values).toEqual([{ column: "Coloris", from: "NOIR MAT", to: ["noir mat"] }]);
});

test("a correction that was taken back does not come again with a further file", () => {
  const kept = { header, columns: [], values: [{ column: "Coloris", from: "NOIR MAT", to: ["noir"] }] };
  const before = draftOf({ currency: "EUR", mapping: kept });
  const said = withValue(before, "Coloris", "NOIR MAT", []);
  expect(carriedOver(said, before, before).values).toEqual([]);
  expect(carriedOver(before, before, before).values).toEqual(kept.values);
});

test("a rate is a number of percent, and nothing else", () => {
  const cases: [string, number | undefined][] = [
    ["20", 2000],
    ["5.5", 550],
    ["5,5 %", 550],
    ["0", 0],
    ["101", undefined],
    ["vingt", undefined],
    ["-3", undefined],
    ["", undefined],
  ];
  for (const [text, expected] of cases) expect(hundredthsOf(text), text).toBe(expected);
});

test("only a file with nothing to ask is imported at once", () => {
  const known = preview.columns.map((column) => ({ ...column, confidence: "likely" as const }));
  const plain = { ...preview, columns: known };
  expect(isPlain(plain)).toBe(true);
  expect(isPlain(preview)).toBe(false);
  expect(isPlain({ ...plain, missing: ["tax_rate"] })).toBe(false);
  expect(isPlain({ ...plain, removed_columns: ["Prix"] })).toBe(false);
});

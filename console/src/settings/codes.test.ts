/**
 * Every code by which the server refuses a line or a file has its sentence here.
 *
 * The codes are read where they are made, in the crate's and the server's own sources: a code added there
 * fails this test until the console can say it in both languages.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ImportFault, ImportReason } from "../shared";
import english from "../words/settings.en.json";
import { faultWords } from "./faultWords";
import { isWorded } from "./reasonWords";

const source = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const SERVER = "the server's own sentence";

/** What `pattern` catches, once each. */
function codes(path: string, pattern: RegExp): string[] {
  const found = [...source(path).matchAll(pattern)].map(([, code]) => code ?? "");
  expect(found, `no codes were found in ${path}`).not.toEqual([]);
  return [...new Set(found)];
}

const ARM = /=> "([a-z_]+)",/g;

function fault(code: string, detail?: string): ImportFault {
  return { line: 1, code, message: SERVER, warning: false, numbers: {}, ...(detail ? { detail } : {}) };
}

function reason(code: string): ImportReason {
  return { code, numbers: {}, names: [], message: SERVER };
}

test("every fault of a line has its sentence", () => {
  const kinds = "catalog/src/feed/fault_kind.rs";
  const details = codes(kinds, /=> Some\("([a-z_]+)"\)/g);
  const faults = codes(kinds, ARM).flatMap((code) =>
    code === "unreadable_gtin" ? details.map((detail) => fault(code, detail)) : [fault(code)],
  );
  expect(faults.filter((one) => faultWords(one) === SERVER)).toEqual([]);
});

test("every reason of a whole import has its sentence", () => {
  const all = [
    ...codes("catalog/src/feed/fault.rs", ARM),
    ...codes("catalog/src/feed/mapping_fault.rs", ARM),
    ...codes("src/jobs/catalog/guard.rs", /reason\(\s*"([a-z_]+)"/g),
    ...codes("src/jobs/catalog/reading.rs", /code: "([a-z_]+)"/g),
  ];
  expect(all.filter((code) => !isWorded(reason(code)))).toEqual([]);
});

test("every reason why a feed by address brought nothing has its sentence", () => {
  const all = [
    ...codes("src/jobs/catalog/fetch/download.rs", ARM),
    ...codes("src/jobs/catalog/fetch/schedule.rs", /"(import_[a-z_]+)"/g),
  ];
  expect(all.filter((code) => !isWorded(reason(code)))).toEqual([]);
});

test("the numbers that a sentence tells are numbers that the server sends with some code", () => {
  // The sentence of a reason may also name columns; a dialog of our own counts for itself.
  const ours = ["name", "names", "second"];
  const sent = [
    "catalog/src/feed/fault_kind.rs",
    "catalog/src/feed/told.rs",
    "catalog/src/feed/mapping_fault.rs",
  ]
    .concat("src/jobs/catalog/guard.rs", "src/jobs/catalog/reading.rs", "src/jobs/catalog/fetch/download.rs")
    .map(source)
    .join("");
  const told = Object.entries(english)
    .filter(([key]) => /^(fault|reason)_/.test(key))
    .flatMap(([, words]) => [...JSON.stringify(words).matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ""));
  expect(told.filter((name) => !ours.includes(name) && !sent.includes(`"${name}"`))).toEqual([]);
});

/**
 * What an admin says of a file before it is imported, and the settings that follow. Pure.
 *
 * Only what was said goes into the mapping: a column that nobody touched keeps what is recognised, so
 * that a later version of the reader may know better.
 */
import type {
  DecimalMark,
  FeedField,
  FeedMapping,
  FeedPreview,
  FeedSettings,
  ValueMapping,
} from "../../shared";
import { isSame } from "./fields";

export interface FeedDraft {
  currency: string;
  shopUrl: string;
  /** Percent, as typed: `20`, `5,5`. */
  taxRate: string;
  /** By column. */
  fields: ReadonlyMap<string, FeedField>;
  values: readonly ValueMapping[];
  /** Undefined: as each column shows. */
  decimals: DecimalMark | undefined;
}

export function draftOf(settings: FeedSettings): FeedDraft {
  return {
    currency: settings.currency,
    shopUrl: settings.shop_url ?? "",
    taxRate: settings.tax_rate === undefined ? "" : percentWords(settings.tax_rate),
    fields: new Map((settings.mapping?.columns ?? []).map(({ column, field }) => [column, field])),
    values: settings.mapping?.values ?? [],
    decimals: settings.mapping?.decimals,
  };
}

/** What was said of a feed, once a further file has changed what is recognised of it. */
export function carriedOver(said: FeedDraft, before: FeedDraft, after: FeedDraft): FeedDraft {
  const kept = <Name extends keyof FeedDraft>(name: Name) =>
    said[name] === before[name] ? after[name] : said[name];
  const own = [...said.fields].filter(([column, field]) => {
    const recognised = before.fields.get(column);
    return !recognised || !isSame(recognised, field);
  });
  const wordsOf = (of: FeedDraft, { column, from }: ValueMapping) =>
    JSON.stringify(of.values.find((one) => one.column === column && one.from === from)?.to);
  // Also what was taken back: it must not come again with the next file.
  const isSaid = (one: ValueMapping) => wordsOf(said, one) !== wordsOf(before, one);
  return {
    currency: kept("currency"),
    shopUrl: kept("shopUrl"),
    taxRate: kept("taxRate"),
    decimals: kept("decimals"),
    fields: new Map([...after.fields, ...own]),
    values: [...after.values.filter((one) => !isSaid(one)), ...said.values.filter(isSaid)],
  };
}

/** Hundredths of a percent as people write them. */
export function percentWords(hundredths: number): string {
  return String(hundredths / 100);
}

/** Undefined when the text is no rate from 0 to 100. */
export function hundredthsOf(text: string): number | undefined {
  const plain = text.trim().replace(/\s*%$/, "").replace(",", ".");
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return undefined;
  const hundredths = Math.round(Number(plain) * 100);
  return hundredths <= 10_000 ? hundredths : undefined;
}

export function settingsOf(draft: FeedDraft, header: readonly string[]): FeedSettings {
  const shop = draft.shopUrl.trim();
  const rate = hundredthsOf(draft.taxRate);
  const mapping = mappingOf(draft, header);
  return {
    currency: draft.currency.trim().toUpperCase(),
    ...(shop === "" ? {} : { shop_url: shop }),
    ...(rate === undefined ? {} : { tax_rate: rate }),
    ...(mapping ? { mapping } : {}),
  };
}

function mappingOf(draft: FeedDraft, header: readonly string[]): FeedMapping | undefined {
  const known = new Set(header);
  const columns = [...draft.fields]
    .filter(([column]) => known.has(column))
    .map(([column, field]) => ({ column, field }));
  const values = draft.values.filter((value) => known.has(value.column));
  const { decimals } = draft;
  if (columns.length + values.length === 0 && !decimals) return undefined;
  return { header: [...header], columns, values, ...(decimals ? { decimals } : {}) };
}

/** With another meaning of a column; what was recognised anyway needs not be said. */
export function withField(
  draft: FeedDraft,
  preview: FeedPreview,
  column: string,
  field: FeedField,
): FeedDraft {
  const fields = new Map(draft.fields);
  const recognised = preview.columns.find((one) => one.name === column);
  const untouched = !draft.fields.has(column);
  if (untouched && recognised && isSame(recognised.field, field)) return draft;
  fields.set(column, field);
  return { ...draft, fields };
}

/** What a word of a column stands for; nothing typed means itself. */
export function withValue(draft: FeedDraft, column: string, from: string, to: readonly string[]): FeedDraft {
  const rest = draft.values.filter((value) => value.column !== column || value.from !== from);
  const same = to.length === 1 && to[0] === from;
  return { ...draft, values: same || to.length === 0 ? rest : [...rest, { column, from, to: [...to] }] };
}

/** A word that is dropped. */
export function withoutValue(draft: FeedDraft, column: string, from: string): FeedDraft {
  const rest = draft.values.filter((value) => value.column !== column || value.from !== from);
  return { ...draft, values: [...rest, { column, from, to: [] }] };
}

/** Several values are written with semicolons. */
export function valuesOf(text: string): string[] {
  return [...new Set(text.split(";").map((one) => one.trim()))].filter((one) => one !== "");
}

/** Nothing needs to be asked, nor was anything guessed: the file is imported as it is read. */
export function isPlain(preview: FeedPreview): boolean {
  return (
    preview.columns.every((column) => column.confidence !== "guess") &&
    preview.missing.length === 0 &&
    preview.fault === undefined &&
    preview.added_columns.length === 0 &&
    preview.removed_columns.length === 0
  );
}

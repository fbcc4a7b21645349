/** What is asked of the catalog: words, filters, order. Pure; when it is asked is searching.ts's and useSearch.ts's. */
import type { CatalogSort, FilterKind, SiteId } from "../shared";

/** Prices are what is paid now, in minor units of the catalog's currency. */
export interface Filters {
  inStock: boolean;
  /** From the root; empty: all. */
  category: readonly string[];
  brands: readonly string[];
  least?: number | undefined;
  most?: number | undefined;
  /** By name; of one name any value will do. */
  attributes: ReadonlyMap<string, readonly string[]>;
}

export interface Question {
  text: string;
  filters: Filters;
  sort: CatalogSort;
  /** The way back from a correction: the words are searched as they stand. */
  asTyped: boolean;
  limit: number;
}

/** While typing the last word is a beginning; the whole question is ranked at a pause. */
export type Depth = "type_ahead" | "ranked";

/** One filter that is on, as it is taken away. */
export type Filter =
  | { kind: "in_stock" }
  | { kind: "price"; least?: number | undefined; most?: number | undefined }
  | { kind: "category"; path: readonly string[] }
  | { kind: "brand"; value: string }
  | { kind: "attribute"; name: string; value: string };

/** Rows of a first answer, and the most that the server gives. */
export const HITS_FIRST = 20;
export const HITS_MAX = 50;

export const noFilters: Filters = { inStock: false, category: [], brands: [], attributes: new Map() };

export const noQuestion: Question = {
  text: "",
  filters: noFilters,
  sort: "relevance",
  asTyped: false,
  limit: HITS_FIRST,
};

/** Nothing is asked yet: neither a word nor a filter. */
export function asksNothing({ text, filters }: Question): boolean {
  return text.trim() === "" && filtersOn(filters).length === 0;
}

export function filtersOn(filters: Filters): Filter[] {
  const { inStock, least, most, category, brands, attributes } = filters;
  const on: Filter[] = [];
  if (inStock) on.push({ kind: "in_stock" });
  if (least !== undefined || most !== undefined) on.push({ kind: "price", least, most });
  if (category.length > 0) on.push({ kind: "category", path: category });
  for (const value of brands) on.push({ kind: "brand", value });
  for (const [name, values] of attributes) {
    for (const value of values) on.push({ kind: "attribute", name, value });
  }
  return on;
}

export function withoutFilter(filters: Filters, filter: Filter): Filters {
  switch (filter.kind) {
    case "in_stock":
      return { ...filters, inStock: false };
    case "price":
      return { ...filters, least: undefined, most: undefined };
    case "category":
      return { ...filters, category: [] };
    case "brand":
      return { ...filters, brands: filters.brands.filter((one) => one !== filter.value) };
    case "attribute":
      return withAttribute(filters, filter.name, filter.value, false);
  }
}

/** All filters of a kind; of attributes those of the one name. */
export function withoutKind(filters: Filters, kind: FilterKind, attribute: string | undefined): Filters {
  return filtersOn(filters)
    .filter((one) => one.kind === kind && (one.kind !== "attribute" || one.name === attribute))
    .reduce(withoutFilter, filters);
}

export function withBrand(filters: Filters, brand: string, on: boolean): Filters {
  const others = filters.brands.filter((one) => one !== brand);
  return { ...filters, brands: on ? [...others, brand] : others };
}

export function withAttribute(filters: Filters, name: string, value: string, on: boolean): Filters {
  const attributes = new Map(filters.attributes);
  const others = (attributes.get(name) ?? []).filter((one) => one !== value);
  const values = on ? [...others, value] : others;
  if (values.length === 0) attributes.delete(name);
  else attributes.set(name, values);
  return { ...filters, attributes };
}

/** The address of an answer; `lang` is the conversation's, so that cards come in its words. */
export function searchPath(site: SiteId, lang: string, question: Question, depth: Depth): string {
  const { text, filters, sort, asTyped, limit } = question;
  const asked = new URLSearchParams({ q: text.trim(), lang, limit: String(limit), mode: depth });
  if (depth === "ranked") asked.set("counts", "true");
  if (sort !== "relevance") asked.set("sort", sort);
  if (asTyped) asked.set("as_typed", "true");
  if (filters.inStock) asked.set("in_stock", "true");
  if (filters.least !== undefined) asked.set("price_min", String(filters.least));
  if (filters.most !== undefined) asked.set("price_max", String(filters.most));
  for (const name of filters.category) asked.append("category", name);
  for (const brand of filters.brands) asked.append("brand", brand);
  for (const [name, values] of filters.attributes) {
    for (const value of values) asked.append("attribute", `${name}:${value}`);
  }
  return `/sites/${site}/catalog/search?${asked}`;
}

/**
 * What a store's page says of itself in its JSON-LD: which product it shows and
 * where in the store it stands. Pure; broken pieces are as if they were not there.
 */
import type { PageProduct } from "../../shared/protocol";

/** Characters of JSON that are read of one page: what lies beyond is not. */
const JSON_MAX = 300_000;
/** Objects looked at. */
const NODES_MAX = 2_000;
/** Characters of one name or code. */
const TEXT_MAX = 100;
const PATH_MAX = 8;
/** Where the things that a page is about stand; what it only links to stands elsewhere. */
const ABOUT = ["@graph", "mainEntity", "breadcrumb"];

type Node = Record<string, unknown>;

export interface SaidOfPage {
  product?: PageProduct;
  categories: string[];
}

export function readPage(page: Document, address: string): SaidOfPage {
  const nodes = nodesOf(page);
  const here = new Set(
    [address, page.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href ?? ""].map(bare),
  );
  const shown = productOf(nodes, here);
  const trail = nodes.find((node) => is(node, "BreadcrumbList"));
  return {
    ...(shown && { product: codesOf(shown, address) }),
    categories: trail ? pathOf(trail, text(shown?.["name"]), here) : categoryOf(shown),
  };
}

function nodesOf(page: Document): Node[] {
  const found: Node[] = [];
  let left = JSON_MAX;
  const walk = (value: unknown): void => {
    if (found.length >= NODES_MAX || !(value instanceof Object)) return;
    if (Array.isArray(value)) {
      for (const one of value) walk(one);
      return;
    }
    const node = value as Node;
    found.push(node);
    for (const name of ABOUT) walk(node[name]);
  };
  for (const { textContent } of page.querySelectorAll("script[type='application/ld+json']")) {
    left -= textContent?.length ?? 0;
    if (left < 0) break;
    try {
      walk(JSON.parse(textContent ?? ""));
    } catch {
      // A page's broken JSON is its own affair.
    }
  }
  return found;
}

/** The one product that the page is about; of several, the one whose address is the page's. */
function productOf(nodes: readonly Node[], here: ReadonlySet<string>): Node | undefined {
  const products = nodes.filter((node) => is(node, "Product") || is(node, "ProductGroup"));
  if (products.length < 2) return products[0];
  return products.find((node) => isHere(node, here));
}

/** A group's codes with those of the variant that the address names, or of its only one. */
function codesOf(node: Node, address: string): PageProduct {
  const variants = list(node["hasVariant"]).filter((one): one is Node => one instanceof Object);
  const exact = variants.find((one) =>
    [one["@id"], one["url"], ...offersOf(one).map(({ url }) => url)].includes(address),
  );
  const variant = variants.length === 1 ? variants[0] : exact;
  const offers = offersOf(variant ?? node);
  const from = [variant, node, offers.length === 1 ? offers[0] : undefined];
  const first = (...names: string[]) =>
    from.flatMap((one) => names.map((name) => text(one?.[name]))).find((found) => found !== undefined);
  const id = text(node["productGroupID"]) ?? text(node["productID"]);
  const sku = first("sku");
  const gtin = first("gtin13", "gtin14", "gtin12", "gtin8", "gtin");
  return { ...(id && { id }), ...(sku && { sku }), ...(gtin && { gtin }) };
}

function offersOf(node: Node): Node[] {
  return list(node["offers"]).filter((one): one is Node => one instanceof Object);
}

/** Names from the root, without the store's own start page and without the page itself where it is a product. */
function pathOf(trail: Node, product: string | undefined, here: ReadonlySet<string>): string[] {
  const steps = list(trail["itemListElement"])
    .filter((one): one is Node => one instanceof Object)
    .sort((one, other) => Number(one["position"]) - Number(other["position"]))
    .map((step) => {
      const item = step["item"];
      const target = item instanceof Object ? (item as Node) : { "@id": item };
      const url = text(target["@id"]) ?? text(target["url"]);
      return { name: text(step["name"]) ?? text(target["name"]), url };
    });
  const isStart = (url: string | undefined) =>
    /^https?:\/\/[^/]+(\/[a-z]{2}(-[a-z]{2})?)?\/?$/i.test(url ?? "");
  const isProduct = (step: (typeof steps)[number], last: boolean) =>
    product !== undefined && (step.name === product || (last && (!step.url || here.has(bare(step.url)))));
  return steps
    .filter((step, at) => !(at === 0 && isStart(step.url)) && !isProduct(step, at === steps.length - 1))
    .flatMap(({ name }) => name ?? [])
    .slice(0, PATH_MAX);
}

/** Without a breadcrumb: the path that the product itself names, as `Lighting > Desk lamps`. */
function categoryOf(product: Node | undefined): string[] {
  const names = text(product?.["category"])?.split(/\s*>\s*/) ?? [];
  return names.filter(Boolean).slice(0, PATH_MAX);
}

function is(node: Node, type: string): boolean {
  return list(node["@type"]).some((one) => typeof one === "string" && one.replace(/^.*[/:]/, "") === type);
}

function isHere(node: Node, here: ReadonlySet<string>): boolean {
  return [node["url"], node["@id"], node["mainEntityOfPage"]].some((one) => {
    const address = one instanceof Object ? (one as Node)["@id"] : one;
    return typeof address === "string" && here.has(bare(address));
  });
}

/** Without what does not tell pages apart. */
function bare(address: string): string {
  if (!URL.canParse(address, location.href)) return address;
  const { origin, pathname } = new URL(address, location.href);
  return origin + pathname.replace(/\/$/, "");
}

function text(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return String(value).replaceAll("\0", "").trim().slice(0, TEXT_MAX).toWellFormed() || undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

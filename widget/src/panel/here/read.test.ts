/**
 * What is read of a store's page: its product and its place, as shops write them.
 *
 * @vitest-environment jsdom
 */
import { beforeEach, expect, test } from "vitest";
import { readPage } from "./read";

const PAGE = "https://shop.example/lampe-doree";

function page(...pieces: unknown[]) {
  document.head.replaceChildren();
  for (const piece of pieces) {
    const script = document.createElement("script");
    script.type = "application/ld+json";
    script.textContent = typeof piece === "string" ? piece : JSON.stringify(piece);
    document.head.append(script);
  }
  return (address = PAGE) => readPage(document, address);
}

function canonical(href: string) {
  const link = document.createElement("link");
  link.rel = "canonical";
  link.href = href;
  document.head.append(link);
}

beforeEach(() => document.head.replaceChildren());

const crumbs = (...names: [string, string?][]) => ({
  "@type": "BreadcrumbList",
  itemListElement: names.map(([name, item], at) => ({ "@type": "ListItem", position: at + 1, name, item })),
});

test("a product says its codes, also inside a graph and with its type as a list", () => {
  const product = {
    "@type": ["Product"],
    productID: "L1",
    sku: "L1-D",
    gtin13: 4006381333931,
    name: "Lampe",
  };
  const read = page({ "@context": "https://schema.org", "@graph": [{ "@type": "WebSite" }, product] });
  expect(read().product).toEqual({ id: "L1", sku: "L1-D", gtin: "4006381333931" });
});

test("a shop that writes the code into its only offer is understood", () => {
  const read = page({ "@type": "http://schema.org/Product", offers: [{ sku: "L1-D", price: "89" }] });
  expect(read().product).toEqual({ sku: "L1-D" });
});

test("of a group the variant is taken that the address names, else only the group", () => {
  const variant = (sku: string) => ({ "@type": "Product", sku, offers: { url: `${PAGE}?variant=${sku}` } });
  const read = page({
    "@type": "ProductGroup",
    productGroupID: "L1",
    hasVariant: [variant("blue"), variant("red")],
  });
  expect(read(`${PAGE}?variant=red`).product).toEqual({ id: "L1", sku: "red" });
  expect(read().product).toEqual({ id: "L1" });
});

test("of several products only the page's own is taken, and of a list of products none", () => {
  const product = (path: string) => ({ "@type": "Product", sku: path, url: `https://shop.example/${path}` });
  const own = page([product("vase"), product("lampe-doree")]);
  canonical(PAGE);
  expect(own().product).toEqual({ sku: "lampe-doree" });
  const shelf = page([product("vase"), product("bol")]);
  canonical("https://shop.example/c/table");
  expect(shelf("https://shop.example/c/table").product).toBeUndefined();
});

test("what a page only recommends is not what it shows", () => {
  const read = page({ "@type": "WebPage", isRelatedTo: { "@type": "Product", sku: "other" } });
  expect(read().product).toBeUndefined();
});

test("the breadcrumb gives the path without the start page and without the product itself", () => {
  const trail = crumbs(
    ["Accueil", "https://shop.example/fr/"],
    ["Lumière", "https://shop.example/fr/c/lumiere"],
    ["Lampes", "https://shop.example/fr/c/lampes"],
    ["Lampe dorée"],
  );
  expect(page({ "@type": "Product", name: "Lampe dorée", sku: "L1" }, trail)().categories).toEqual([
    "Lumière",
    "Lampes",
  ]);
  expect(page(crumbs(["Home", "https://shop.example/"], ["Lamps"]))().categories).toEqual(["Lamps"]);
});

test("without a breadcrumb the path is taken that the product names", () => {
  const read = page({ "@type": "Product", sku: "L1", category: "Lumière > Lampes" });
  expect(read().categories).toEqual(["Lumière", "Lampes"]);
});

test("broken, hostile and endless pieces are as if they were not there", () => {
  const product = { "@type": "Product", sku: `${"x".repeat(400)}\0` };
  const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
  const read = page("{ not json", "null", '"text"', deep, product);
  expect(read().product?.sku).toBe("x".repeat(100));
  expect(page({ "@type": "Product", sku: { toString: "no" }, offers: [null, 3], hasVariant: "x" })()).toEqual(
    {
      product: {},
      categories: [],
    },
  );
  expect(page(`[${'{"@type":"Thing"},'.repeat(30_000)}{}]`, product)().product).toBeUndefined();
});

/**
 * "Add to cart" on a card, on the three kinds of page that can take it: the demo store with its own
 * handler, a page that looks like Shopify, one that looks like WooCommerce.
 *
 * The fake platforms answer what their APIs document, no more; they run beside the desk on loopback.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { asksForAnAdvisor, inConversation } from "./journeys.mjs";
import { Visitor } from "./visitor.mjs";

const ADD = { en: /^Add .* to the cart/, fr: /^Ajouter .* au panier/ };

test("the demo store's cart really fills, and the ledger knows it", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk, { lang: "fr", path: "/fr/" });
  await agent.recommends("mug maree", "Mug Marée");

  await visitor.log.getByRole("button", { name: ADD.fr }).last().click();
  await visitor.sees(/^\s*Ajouté au panier\./);
  await visitor.page.locator("[data-cart-count]", { hasText: "1" }).waitFor();
  await visitor.log.getByRole("link", { name: "Voir le panier" }).click();
  await visitor.page.waitForURL(/\/fr\/panier$/);
  await visitor.page.locator(".line-title", { hasText: "Mug Marée" }).waitFor();

  const sums = await askedByAnAdmin(desk, async (site) => {
    for (;;) {
      const { total } = await fetch(`/api/v1/sites/${site}/ledger`).then((answer) => answer.json());
      if (total.added === 1 && total.seen === 1) return total;
    }
  });
  assert.deepEqual(sums, { sent: 1, seen: 1, opened: 0, added: 1 });
  assert.deepEqual(visitor.complaints, []);
});

/** What an admin's browser fetches; `act` runs in their page. */
async function askedByAnAdmin(desk, act, argument) {
  const { page } = await desk.agent("admin");
  const given = [desk.said.site.id, argument].map((one) => JSON.stringify(one) ?? "undefined");
  const answer = await page.evaluate(`(${act})(${given})`);
  await page.context().close();
  return answer;
}

/** A page of a store with the snippet, and the few calls of its platform. */
async function store(t, desk, { scripts, answer }) {
  const asked = [];
  const page = `<!doctype html><html lang="en"><title>Fake store</title><h1>Fake store</h1>
    <script>window.Comptoir=window.Comptoir||function(){(Comptoir.q=Comptoir.q||[]).push(arguments)}</script>
    <script>${scripts}</script>
    <script async src="${desk.console}/w.js" data-site="${desk.said.site.key}"></script>`;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    if (url.pathname === "/" && !url.search) {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(page);
      return;
    }
    let body = "";
    for await (const chunk of request) body += chunk;
    asked.push({ method: request.method, path: url.pathname + url.search, body, headers: request.headers });
    const {
      status = 200,
      json,
      headers = {},
    } = answer(request.method, url, body) ?? { status: 404, json: {} };
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(json));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  const origin = `http://127.0.0.1:${server.address().port}`;
  await askedByAnAdmin(
    desk,
    async (site, origin) => {
      const path = `/api/v1/sites/${site}`;
      const { origins } = await fetch(path).then((answer) => answer.json());
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ origins: [...origins, origin] });
      const answer = await fetch(path, { method: "PATCH", headers, body });
      if (!answer.ok) throw new Error(await answer.text());
    },
    origin,
  );
  return { origin, asked };
}

/** Somebody on that page, with the card of a mug before them. */
async function withACard(desk, origin) {
  const agent = await desk.agent("Camille");
  const page = await (await desk.context({ lang: "en" })).newPage();
  const visitor = new Visitor(desk, page.context(), page, "en");
  await page.goto(origin);
  await asksForAnAdvisor(visitor);
  await agent.takes("Omar Haddad");
  await visitor.page
    .getByText(/You are now with/)
    .first()
    .waitFor();
  await agent.recommends("tide mug", "Tide mug");
  const add = visitor.log.getByRole("button", { name: ADD.en }).last();
  await add.waitFor();
  return { agent, visitor, add, sku: await skuSent(desk) };
}

async function skuSent(desk) {
  return askedByAnAdmin(desk, async (site) => {
    const { entries } = await fetch(`/api/v1/sites/${site}/ledger`).then((answer) => answer.json());
    return entries[0].sku;
  });
}

test("on a page of Shopify the variant is found by its SKU and added by its number", async (t) => {
  const desk = await Desk.start(t);
  const variants = [
    { id: 7, sku: "another", options: ["Red"] },
    { id: 42, sku: "", options: ["Blue"] },
  ];
  const { origin, asked } = await store(t, desk, {
    scripts: "window.Shopify = { routes: { root: '/en-gb/' } }",
    answer: (method, url) => {
      if (url.pathname === "/en-gb/cart.js") return { json: { items: [] } };
      if (/^\/en-gb\/products\/[^/]+\.js$/.test(url.pathname)) return { json: { variants } };
      if (method === "POST" && url.pathname === "/en-gb/cart/add.js") return { json: { items: [{}] } };
    },
  });
  const { visitor, add, sku } = await withACard(desk, origin);
  variants[1].sku = sku;
  await add.click();
  await visitor.sees(/^\s*Added to the cart\./);
  const added = asked.find(({ path }) => path === "/en-gb/cart/add.js");
  assert.deepEqual(JSON.parse(added.body), { items: [{ id: 42, quantity: 1 }] });
  const link = visitor.log.getByRole("link", { name: "View cart" });
  assert.equal(await link.getAttribute("href"), `${origin}/en-gb/cart`);
});

test("a Shopify store that refuses is believed, and the product's page is named", async (t) => {
  const desk = await Desk.start(t);
  const { origin, asked } = await store(t, desk, {
    scripts: "window.Shopify = {}",
    answer: (method, url) => {
      if (url.pathname.endsWith(".js") && method === "GET")
        return { json: { items: [], variants: [{ id: 1 }] } };
      if (method === "POST") return { status: 422, json: { description: "All 1 are in your cart." } };
    },
  });
  const { visitor, add } = await withACard(desk, origin);
  await add.click();
  await visitor.sees(/could not be added to the cart. Follow “View”/);
  assert.ok(asked.some(({ path }) => path === "/cart/add.js"));
});

test("on a page of WooCommerce the Store API adds it under its nonce, and the theme hears of it", async (t) => {
  const desk = await Desk.start(t);
  const { origin, asked } = await store(t, desk, {
    scripts: `window.wc_add_to_cart_params = { cart_url: "/basket/" };
      window.heard = []; window.jQuery = () => ({ trigger: (name) => heard.push(name) })`,
    answer: (method, url) => {
      if (url.pathname === "/wp-json/wc/store/v1/cart")
        return { json: { items: [] }, headers: { nonce: "n1" } };
      if (url.pathname === "/wp-json/wc/store/v1/products") return { json: [{ id: 99 }] };
      if (method === "POST" && url.pathname === "/wp-json/wc/store/v1/cart/add-item") return { json: {} };
    },
  });
  const { visitor, add, sku } = await withACard(desk, origin);
  await add.click();
  await visitor.sees(/^\s*Added to the cart\./);
  assert.ok(asked.some(({ path }) => path === `/wp-json/wc/store/v1/products?sku=${sku}`));
  const added = asked.find(({ path }) => path === "/wp-json/wc/store/v1/cart/add-item");
  assert.deepEqual([JSON.parse(added.body), added.headers.nonce], [{ id: 99, quantity: 1 }, "n1"]);
  assert.deepEqual(await visitor.page.evaluate(() => window.heard), ["added_to_cart", "wc_fragment_refresh"]);
  const link = visitor.log.getByRole("link", { name: "View cart" });
  assert.equal(await link.getAttribute("href"), `${origin}/basket/`);
});

test("an older WooCommerce without that API is asked as its themes ask", async (t) => {
  const desk = await Desk.start(t);
  const { origin, asked } = await store(t, desk, {
    scripts: `window.wc_add_to_cart_params = { wc_ajax_url: "/?wc-ajax=%%endpoint%%" };
      document.addEventListener("DOMContentLoaded", () => document.body.addEventListener(
        "wc-blocks_added_to_cart", () => { window.heard = true; }))`,
    answer: (method, url) => {
      if (url.pathname === "/wp-json/wc/store/v1/products") return { json: [{ id: 99 }] };
      if (method === "POST" && url.search === "?wc-ajax=add_to_cart") return { json: { cart_hash: "x" } };
    },
  });
  const { visitor, add } = await withACard(desk, origin);
  await add.click();
  await visitor.sees(/^\s*Added to the cart\./);
  assert.equal(asked.find(({ method }) => method === "POST").body, "product_id=99&quantity=1");
  assert.equal(await visitor.page.evaluate(() => window.heard), true);
});

test("a page without a cart that is known offers no button", async (t) => {
  const desk = await Desk.start(t);
  const { origin } = await store(t, desk, { scripts: "", answer: () => undefined });
  const agent = await desk.agent("Camille");
  const page = await (await desk.context({ lang: "en" })).newPage();
  const visitor = new Visitor(desk, page.context(), page, "en");
  await page.goto(origin);
  await asksForAnAdvisor(visitor);
  await agent.takes("Omar Haddad");
  await agent.recommends("tide mug", "Tide mug");
  await visitor.log.getByRole("link", { name: /^View/ }).last().waitFor();
  assert.equal(await visitor.log.getByRole("button", { name: ADD.en }).count(), 0);
});

/** The demo's French catalog imported anew with other prices for the mug. */
async function importedWithMugsAt(desk, price) {
  const csv = await readFile(new URL("../../demo/catalog/fr.csv", import.meta.url), "utf8");
  const lines = csv
    .split("\n")
    .map((line) => (line.startsWith("MAR-") ? line.replace("24.00", price) : line));
  await askedByAnAdmin(
    desk,
    async (site, body) => {
      const imports = `/api/v1/sites/${site}/catalog/imports`;
      const headers = { "x-comptoir-upload": "1", "x-comptoir-name": "fr.csv", "content-type": "text/csv" };
      const { id } = await fetch(imports, { method: "POST", headers, body }).then((answer) => answer.json());
      for (;;) {
        const { state } = await fetch(`${imports}/${id}`).then((answer) => answer.json());
        if (state.type === "done") return;
        if (!["queued", "reading", "indexing"].includes(state.type)) throw new Error(JSON.stringify(state));
      }
    },
    lines.join("\n"),
  );
}

test("a price that changed since the card was sent is shown and asked before anything is added", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk, { lang: "fr", path: "/fr/" });
  await agent.recommends("mug maree", "Mug Marée");
  const add = visitor.log.getByRole("button", { name: ADD.fr }).last();
  await add.waitFor();
  const count = visitor.page.locator("[data-cart-count]");

  await importedWithMugsAt(desk, "25.50");
  await add.click();
  await visitor.sees(/Le prix a changé.*24,00.*avant.*25,50.*maintenant/);
  await visitor.log.getByRole("button", { name: "Non, merci" }).click();
  assert.equal(await count.textContent(), "0", "nothing was added");
  await add.click();
  await visitor.log.getByRole("button", { name: /^Ajouter à 25,50/ }).click();
  await visitor.sees(/^\s*Ajouté au panier\./);
  await count.filter({ hasText: "1" }).waitFor();
});

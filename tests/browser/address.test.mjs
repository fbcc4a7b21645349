/**
 * A catalog that is fetched from an address: set, fetched, changed, unchanged, and gone for a while. The
 * shop is a server of this file's own, allowed by name since it stands on this machine.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { catalogPage } from "./journeys.mjs";

/** Answers `/feed.csv` with what is put on its shelf, and with 304 to whoever has that already. */
async function shop(t) {
  const shelf = { feed: "", version: 0 };
  const server = createServer((request, response) => {
    const etag = `"${shelf.version}"`;
    if (request.url !== "/feed.csv" || shelf.feed === "") response.writeHead(404).end();
    else if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
    else response.writeHead(200, { "content-type": "text/csv", etag }).end(shelf.feed);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  const puts = (products) => {
    shelf.version += 1;
    const rows = products.map(
      (name, at) => `p${at},${name},${at + 1}.00 EUR,in stock,https://shop.example/p/${at}`,
    );
    shelf.feed = `id,title,price,availability,link\n${rows.join("\n")}\n`;
  };
  const empties = () => {
    shelf.feed = "";
  };
  const address = `http://127.0.0.1:${server.address().port}/feed.csv`;
  return { address, puts, empties, feed: () => shelf.feed };
}

const chairs = (count) => Array.from({ length: count }, (_, at) => `Chair number ${at}`);

test("a feed by address is fetched, again when it changed, and kept when it is gone", async (t) => {
  const store = await shop(t);
  const desk = await Desk.start(t, { env: { COMPTOIR_FEEDS__PRIVATE_HOSTS: "127.0.0.1" } });
  const { page, drops, button } = await catalogPage(desk);
  const card = page.locator("details").filter({ hasText: "Fetched from an address" });
  const says = (words) => card.getByText(words).first().waitFor();
  const products = (count) => page.getByText(new RegExp(`^${count} products · since`)).waitFor();

  await t.test("the address is refused in words where it may not be fetched from, else saved", async () => {
    await card.getByRole("heading", { name: "Fetched from an address" }).click();
    await page.getByLabel("Address of the feed").fill("https://elsewhere.example/feed.csv");
    await button("Save the address").click();
    await says("elsewhere.example is none of this site’s hosts");
    await page.getByLabel("Address of the feed").fill(store.address);
    await page.getByLabel("How often").selectOption("Only when I ask");
    await button("Save the address").click();
    await says("Not fetched yet.");
    assert.ok(await button("Save the address").isDisabled(), "there is nothing more to save");
  });

  await t.test("what would remove most of the catalog is refused, since nobody is asked", async () => {
    store.puts(chairs(40));
    await button("Fetch now").click();
    await says(/failed, the catalog stays/);
    await says("64 of 64 products would be gone");
    await products(64);
  });

  await t.test("fetched once it was imported by hand, and again when it has changed", async () => {
    await drops({ name: "chairs.csv", mimeType: "text/csv", buffer: Buffer.from(store.feed()) });
    await button("Import anyway").click();
    await products(40);
    store.puts(chairs(41));
    await button("Fetch now").click();
    await page.getByRole("heading", { name: store.address }).waitFor();
    await products(41);
    await says(/^Fetched .*: imported/);
  });

  await t.test("unchanged, the shop sends nothing and the page says so", async () => {
    await button("Fetch now").click();
    await says(/^Fetched .*: unchanged/);
    await products(41);
  });

  await t.test("what is saved with a schedule is fetched at once, and the page follows", async () => {
    store.puts(chairs(42));
    await page.getByLabel("How often").selectOption("Every day");
    await button("Save the address").click();
    await says(/^Fetched .*: imported/);
    await products(42);
  });

  await t.test("gone, the catalog is kept, the reason is said, and said in French", async () => {
    store.empties();
    await button("Fetch now").click();
    await says(/failed, the catalog stays/);
    await says("There is nothing at this address");
    await products(42);
    const french = await catalogPage(desk, { lang: "fr" });
    await french.says("Il n’y a rien à cette adresse");
  });
});

/**
 * What becomes of one recommendation, from the key # to the row of a spreadsheet: sent, seen, opened,
 * added, and told to the admin; and a search that found nothing beside it.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";

test("# sends a card; it is seen, opened and added, and the ledger and its file say so", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  await agent.composer.focus();
  await agent.page.keyboard.type("#tide mug");
  await agent.page
    .getByRole("option", { name: /Tide mug/ })
    .first()
    .waitFor();
  await agent.page.keyboard.press("Enter");
  await agent.sees("Seen");

  await visitor.log.getByRole("link", { name: "View Tide mug" }).click();
  await visitor.page.waitForURL(/\/en\/p\/tide-mug/);
  await agent.sees("Opened");
  await visitor.log.getByRole("button", { name: "Add Tide mug to the cart" }).click();
  await visitor.sees(/^\s*Added to the cart\./);
  await visitor.page.locator("[data-cart-count]", { hasText: "1" }).waitFor();

  const { page } = await desk.agent("admin");
  const path = `${desk.console}/api/v1/sites/${desk.said.site.id}/ledger`;
  const read = async (what) => (await page.context().request.get(path + what)).text();
  let ledger = {};
  do ledger = JSON.parse(await read(""));
  while (ledger.total.added === 0);
  assert.deepEqual(ledger.total, { sent: 1, seen: 1, opened: 1, added: 1 });
  const [entry] = ledger.entries;
  assert.deepEqual([entry.by.first_name, entry.title, entry.compared], ["Camille", "Tide mug", false]);

  const [head, row, end] = (await read(".csv")).split("\r\n");
  assert.match(head, /sent_at,agent,product,sku,title,compared,seen_at,opened_at,added_at/);
  const { sent_at, product, sku, seen_at, opened_at, added_at, conversation, card } = entry;
  const cells = [
    sent_at,
    "Camille",
    product,
    sku,
    "Tide mug",
    "no",
    seen_at,
    opened_at,
    added_at,
    conversation,
    card,
  ];
  assert.deepEqual([row, end], [cells.join(","), ""]);
});

test("a search that ended without a product is told to the admin, and none that was still being typed", async (t) => {
  const desk = await Desk.start(t);
  const { agent } = await inConversation(desk);
  await agent.page.getByLabel("Search the catalog").fill("");
  await agent.page.getByLabel("Search the catalog").pressSequentially("xylophone zzz", { delay: 150 });
  const { page } = await desk.agent("admin");
  const path = `${desk.console}/api/v1/sites/${desk.said.site.id}/ledger/queries`;
  let queries = [];
  do queries = await (await page.context().request.get(path)).json();
  while (queries.length === 0);
  assert.deepEqual(
    queries.map(({ text, times }) => [text, times]),
    [["xylophone zzz", 1]],
  );
});

test("the ledger is narrowed by agent and product, and its button gives what the table shows", async (t) => {
  const desk = await Desk.start(t);
  const { agent: camille } = await inConversation(desk);
  await camille.recommends("tide mug", "Tide mug");
  await camille.sees("Tide mug");
  await camille.recommends("pier bookends", "Pier bookends");
  await camille.sees("Pier bookends");
  const other = desk.said.people.find(({ role, name }) => role === "agent" && !name.startsWith("Camille"));
  const first = other.name.split(" ")[0];
  const { agent: second } = await inConversation(desk, { agent: first, name: "Lea Martin" });
  await second.recommends("tide mug", "Tide mug");
  await second.sees("Tide mug");

  const { page } = await desk.agent("admin");
  await page.goto(`${desk.console}/settings/sites/${desk.said.site.id}/recommendations`);
  const entries = page.getByRole("region", { name: "One by one" }).locator("tbody tr");
  const shown = async (count) => {
    await entries.nth(count - 1).waitFor();
    await entries.nth(count).waitFor({ state: "detached" });
    const rows = await entries.all();
    return Promise.all(
      rows.map(async (row) => {
        const cells = await row.locator("td").allInnerTexts();
        return [cells[2], cells[1]];
      }),
    );
  };
  /** What the button downloads: agent and title of each row. */
  const downloaded = async () => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download as CSV" }).first().click(),
    ]);
    assert.equal(download.suggestedFilename(), "ledger.csv");
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n").slice(1);
    return lines.map((line) => line.split(",")).map((cells) => [cells[1], cells[4]]);
  };

  const all = await shown(3);
  assert.deepEqual(await downloaded(), all);
  await page.getByLabel("Agent", { exact: true }).selectOption("Camille");
  const hers = await shown(2);
  assert.deepEqual(hers, [
    ["Camille", "Pier bookends"],
    ["Camille", "Tide mug"],
  ]);
  assert.deepEqual(await downloaded(), hers);
  await page.getByLabel("Product", { exact: true }).selectOption("Tide mug");
  assert.deepEqual(await shown(1), [["Camille", "Tide mug"]]);
  await page.getByLabel("Agent", { exact: true }).selectOption("All agents");
  const mugs = await shown(2);
  assert.deepEqual(mugs, [
    [first, "Tide mug"],
    ["Camille", "Tide mug"],
  ]);
  assert.deepEqual(await downloaded(), mugs);
});

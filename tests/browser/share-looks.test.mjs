/**
 * What a shared page looks like at the agent's, where the recorder alone would lose it: popovers, the
 * visitor's light or dark; and products beside it, whose pictures lie on hosts that this tab never asks.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inControl, inShare, until } from "./sharing.mjs";

test("a popover that opens and closes on the page does so at the agent's, also for a tab that comes late", async (t) => {
  const desk = await Desk.start(t);
  const { tab, visitor } = await inShare(desk);
  await tab.shows("A workshop by the sea");
  await visitor.page.evaluate(() => {
    const menu = document.createElement("div");
    menu.id = "late-menu";
    menu.popover = "auto";
    menu.textContent = "Only in the popover";
    document.body.append(menu);
  });
  const menu = tab.picture.locator("#late-menu");
  await menu.waitFor({ state: "attached" });
  assert.equal(await menu.isVisible(), false);
  await visitor.page.evaluate(() => document.querySelector("#late-menu").showPopover());
  await menu.waitFor();
  await tab.page.reload();
  await menu.waitFor();
  await visitor.page.evaluate(() => document.querySelector("#late-menu").hidePopover());
  await menu.waitFor({ state: "hidden" });
  assert.deepEqual(tab.complaints, []);
});

test("the page has the visitor's light or dark, whatever the agent's own is", async (t) => {
  const desk = await Desk.start(t);
  const { tab, visitor } = await inShare(desk);
  await tab.shows("A workshop by the sea");
  // The browser of the journeys names a preference for every frame; without that the element's counts.
  await tab.page.emulateMedia({ colorScheme: null });
  const dark = () =>
    tab.picture.locator("html").evaluate((root) => {
      const view = root.ownerDocument.defaultView;
      return view.matchMedia("(prefers-color-scheme: dark)").matches;
    });
  assert.equal(await dark(), false);
  await visitor.page.emulateMedia({ colorScheme: "dark" });
  await until(dark, "the picture is dark as the visitor's page is");
  const own = await tab.page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  assert.equal(own, false, "the agent's own stays");
  await visitor.page.emulateMedia({ colorScheme: "light" });
  await until(async () => !(await dark()), "and light again");
});

test("products beside the page ask no other host for a picture, and arrive as cards", async (t) => {
  const desk = await Desk.start(t);
  const { tab, visitor } = await inControl(desk);
  await tab.page.getByRole("button", { name: "Products", exact: true }).click();
  await tab.page.getByLabel("Search the catalog").fill("lamp");
  const found = tab.page.getByRole("grid", { name: "Products found" });
  await found
    .getByRole("button", { name: /^Recommend/ })
    .first()
    .click();
  const card = visitor.log.getByRole("article").first();
  await card.waitFor();
  await visitor.log.locator("article img").first().waitFor();
  await tab.page.getByRole("button", { name: "Products", exact: true }).click();
  const own = tab.page.getByRole("log").getByRole("article").first();
  await own.waitFor();
  assert.equal(await own.locator("img").count(), 0, "no picture that could not load");
  await tab.says("You drive the page");
  const foreign = tab.asked.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(desk.console));
  assert.deepEqual(foreign, []);
  assert.deepEqual(tab.complaints, []);
});

test("who drives shows a product's page at once, and the log names the product", async (t) => {
  const desk = await Desk.start(t);
  const { agent, shared, tab, visitor } = await inControl(desk);
  await tab.page.getByRole("button", { name: "Products", exact: true }).click();
  await tab.page.getByLabel("Search the catalog").fill("lamp");
  const show = tab.page
    .getByRole("grid", { name: "Products found" })
    .getByRole("button", { name: /^Show .* on the visitor’s page$/ })
    .first();
  const title = (await show.getAttribute("aria-label"))?.match(/^Show (.*) on the/)?.[1];
  const before = visitor.page.url();
  await show.click();
  await visitor.page.waitForURL((url) => url.href !== before);
  await tab.says("You drive the page");
  assert.equal(await shared.card.count(), 0, "nobody is asked twice");
  // The shared tab names the variant that was found, the log the product.
  const told = agent.log.getByText(/showed “.+”/).last();
  await told.waitFor();
  const named = (await told.textContent())?.match(/showed “(.+)”/)?.[1];
  assert.ok(named && title?.startsWith(named), `${named} for ${title}`);
});

test("what the agent points at is told in the conversation, by the name that the visitor reads", async (t) => {
  const desk = await Desk.start(t);
  const { agent, tab, visitor } = await inShare(desk);
  await tab.shows("A workshop by the sea");
  await tab.button("point").click();
  await tab.clicks(tab.picture.getByRole("link", { name: "See the tableware" }));
  await agent.sees("pointed at “See the tableware”");
  assert.equal(new URL(visitor.page.url()).pathname, "/en/");
});

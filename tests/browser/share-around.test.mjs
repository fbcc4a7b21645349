/**
 * What happens around a shared page, with the real server: a page that is proposed, a transfer, what a site
 * has switched off, a visitor who leaves.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inControl, inShare, ShareTab, until } from "./sharing.mjs";

test("a product's page is proposed, and shown after the visitor's one click", async (t) => {
  const desk = await Desk.start(t);
  const { tab, visitor, shared } = await inShare(desk);
  await tab.page.getByRole("button", { name: "Products", exact: true }).click();
  await tab.page.getByLabel("Search the catalog").fill("lamp");
  const show = tab.page
    .getByRole("grid", { name: "Products found" })
    .getByRole("button", { name: /^Show .* on the visitor’s page$/ })
    .first();
  const before = visitor.page.url();
  await show.click();
  await shared.card.getByText("Camille suggests this page").waitFor();
  assert.equal(visitor.page.url(), before, "nothing happens before the visitor's click");
  await shared.card.getByRole("button", { name: "Not now" }).click();
  await tab.page.getByText("Omar Haddad stays on this page.").first().waitFor();
  assert.equal(visitor.page.url(), before);

  await show.click();
  const open = shared.card.getByRole("button", { name: "Open it" });
  await open.waitFor();
  await until(async () => {
    if (await open.isVisible()) await open.click({ timeout: 2_000 }).catch(() => undefined);
    return visitor.page.url() !== before;
  }, "the visitor's page is the product's");
  await tab.says("Omar Haddad shares this page with you");
  await tab.page.locator(".place-url").getByText(new URL(visitor.page.url()).pathname).waitFor();
});

test("a transfer ends control and pictures at once, and the visitor is asked anew for the name that comes", async (t) => {
  const desk = await Desk.start(t);
  const { agent, tab, shared, visitor } = await inControl(desk);
  const noor = await desk.agent("Noor");
  await agent.page.getByRole("button", { name: "Transfer", exact: true }).click();
  const dialog = agent.page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /Noor/ }).check();
  await dialog.getByRole("button", { name: "Offer" }).click();
  await noor.page
    .getByRole("region", { name: "Transfer offered to you" })
    .getByRole("button", { name: "Accept" })
    .click();
  await noor.composer.waitFor();
  await visitor.page.getByRole("button", { name: "Take back control" }).waitFor({ state: "detached" });
  await until(async () => (await tab.page.locator("iframe").count()) === 0, "the first agent sees nothing");
  await shared.card.getByText("Noor replaces Camille. Keep sharing?").waitFor();
  const hers = await ShareTab.open(noor, "en");
  assert.equal(await hers.page.locator("iframe").count(), 0);
  await shared.answers(true);
  await hers.shows("A workshop by the sea");
  await shared.bannerSays("Noor sees this page");
});

test("what a site has switched off is not offered, and an agent is told why", async (t) => {
  const desk = await Desk.start(t);
  const admin = await desk.agent("admin");
  await admin.page.goto(`${desk.console}/settings/sites`);
  await admin.page.getByRole("main").getByRole("link", { name: "Corlieu" }).first().click();
  const form = admin.page.getByRole("region", { name: "Shared pages" });
  const said = (words) => admin.page.getByText(words).first().waitFor();
  await form.getByLabel("Pages that are never shared").fill("cart");
  await form.getByText("“cart” is no path").waitFor();
  await form.getByLabel("Pages that are never shared").fill("/en/cart");
  await form.getByLabel("Take control").uncheck();
  await form.getByRole("button", { name: "Save" }).click();
  await said(/^Saved/);
  const { agent, tab, visitor, shared } = await inShare(desk);
  const take = tab.button("take");
  assert.equal(await take.getAttribute("aria-disabled"), "true");
  assert.match(await take.getAttribute("title"), /switched off for this site/);
  await visitor.goes("/en/cart");
  await tab.says("the next page is not shared by this store");
  await visitor.goes("/en/");

  const see = form.getByRole("switch", { name: "Agents may ask to see a visitor’s page" });
  await see.uncheck();
  await said("Shared pages are off");
  assert.equal(await form.getByLabel("Pages that are never shared").isDisabled(), true);
  await tab.page.close();
  const off = await ShareTab.open(agent, "en");
  await off.says("Sharing pages is switched off for this site");
  assert.equal(await shared.card.count(), 0);
});

test("switching sharing off ends what is shared, and Share page says so", async (t) => {
  const desk = await Desk.start(t);
  const { agent, tab, shared } = await inShare(desk);
  const admin = await desk.agent("admin");
  await admin.page.goto(`${desk.console}/settings/sites/${desk.said.site.id}`);
  await admin.page.getByRole("switch", { name: "Agents may ask to see a visitor’s page" }).uncheck();
  await tab.says("the next page is not shared by this store");
  await shared.bannerSays("This page is not shared");
  await tab.page.close();
  await agent.page.reload();
  const share = agent.page.getByRole("button", { name: "Share page" });
  assert.equal(await share.getAttribute("aria-disabled"), "true");
  await share.click({ force: true });
  await agent.page.getByText("Sharing pages is switched off for this site").first().waitFor();
  assert.equal(agent.context.pages().length, 1, "no tab is opened");
});

test("the console's test page can be shared too", async (t) => {
  const desk = await Desk.start(t);
  const admin = await desk.agent("admin");
  const url = await admin.page.evaluate(async (path) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(path, { method: "POST", headers, body: "{}" });
    return (await answer.json()).url;
  }, `/api/v1/sites/${desk.said.site.id}/test`);
  const { tab, shared } = await inShare(desk, { path: url });
  await tab.says("Omar Haddad shares this page with you");
  await shared.bannerSays("Camille sees this page");
});

test("when the visitor's tab is closed the agent is told, and the conversation is whole", async (t) => {
  const desk = await Desk.start(t);
  const { agent, tab, visitor } = await inShare(desk);
  await visitor.page.close();
  await tab.says("page is gone for the moment");
  await agent.replies("Are you still there?");
  await tab.page.getByRole("log").getByText("Are you still there?").waitFor();
});

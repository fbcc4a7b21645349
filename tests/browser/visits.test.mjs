/** Page visits follow the store's consent, and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { asksForAnAdvisor, inConversation } from "./journeys.mjs";

/** Paths under "Pages visited", oldest first. */
async function pagesOf(agent) {
  const entries = agent.page.locator(".page-visit");
  await entries.first().waitFor();
  const hrefs = await entries
    .getByRole("link")
    .evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  return hrefs.reverse();
}

async function browses(visitor) {
  const seen = ["/en/"];
  const visit = async (selector) => {
    const href = await visitor.page.locator(selector).first().getAttribute("href");
    await visitor.goes(href);
    seen.push(new URL(href, visitor.page.url()).pathname);
    await visitor.launcher.waitFor();
  };
  await visit('main a[href*="/en/c/"], a[href*="/en/c/"]');
  await visit('main a[href*="/en/p/"]');
  return seen;
}

test("with consent the agent sees the pages visited before and after, in order", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor({ path: "/en/" });
  await visitor.consents(true);
  await visitor.launcher.waitFor();
  const seen = await browses(visitor);
  await asksForAnAdvisor(visitor);
  await agent.takes("Omar Haddad");
  assert.deepEqual(await pagesOf(agent), seen);

  await visitor.goes("/en/delivery");
  await agent.page.locator(".page-visit").filter({ hasText: "/en/delivery" }).waitFor();
  assert.deepEqual(await pagesOf(agent), [...seen, "/en/delivery"]);

  await agent.closesConversation();
  await visitor.sees("This conversation is closed.");
  await agent.goesTo("history");
  await agent.opens("Omar Haddad");
  assert.deepEqual(await pagesOf(agent), [...seen, "/en/delivery"]);
});

test("without consent only the current page and what follows is known, and the console says why", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor({ path: "/en/" });
  await visitor.consents(false);
  await visitor.launcher.waitFor();
  const seen = await browses(visitor);
  await asksForAnAdvisor(visitor);
  await agent.takes("Omar Haddad");
  assert.deepEqual(await pagesOf(agent), [seen.at(-1)]);
  await agent.page.getByText(/No consent to page visits/).waitFor();
});

test("pages struck out before the chat begins are not joined, and withdrawing takes back what was", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor({ path: "/en/" });
  await visitor.consents(true);
  await visitor.launcher.waitFor();
  const [home, category, product] = await browses(visitor);
  await visitor.opens();
  const joined = visitor.page.getByRole("group").filter({ hasText: "visited pages will be joined" });
  await visitor.page.getByText("3 visited pages will be joined").click();
  await joined
    .getByRole("button", { name: /^Remove/ })
    .nth(1)
    .click();
  await visitor.page.getByText("2 visited pages will be joined").waitFor();
  await visitor.page.reload();
  await visitor.page.getByText("2 visited pages will be joined").waitFor();
  await visitor.closes();
  await asksForAnAdvisor(visitor);
  await agent.takes("Omar Haddad");
  assert.deepEqual(await pagesOf(agent), [home, product], `${category} was struck out`);

  await visitor.closes();
  await visitor.page.getByRole("button", { name: "My visited pages" }).click();
  await visitor.consents(false);
  await agent.page.locator(".page-visit").first().waitFor({ state: "detached" });
  assert.deepEqual(await agent.page.locator(".page-visit").allInnerTexts(), []);
  const kept = await visitor.page.evaluate(() =>
    Object.keys(sessionStorage).filter((key) => /visits/.test(key)),
  );
  assert.deepEqual(kept, []);
});

test("a page that is loaded again is the same visit", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  const before = await pagesOf(agent);
  await visitor.page.reload();
  await visitor.says("I loaded the page again");
  await agent.sees("I loaded the page again");
  assert.deepEqual(await pagesOf(agent), before);
  await visitor.goes("/en/delivery");
  await agent.page.locator(".page-visit").filter({ hasText: "/en/delivery" }).waitFor();
  assert.deepEqual(await pagesOf(agent), [...before, "/en/delivery"]);
});

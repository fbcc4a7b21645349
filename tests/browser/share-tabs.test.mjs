/** A share and the visitor's tabs: loaded again, doubled, put away and fetched back. With the real server. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inControl, inShare, SharedPage, until } from "./sharing.mjs";
import { Visitor } from "./visitor.mjs";

const kept = (page) => page.evaluate(() => JSON.parse(sessionStorage.getItem("comptoir:share")));

test("a page that the visitor loads again is shared and driven on, under a key that is new each time", async (t) => {
  const desk = await Desk.start(t);
  const { shared, tab, visitor } = await inControl(desk);
  const first = await kept(visitor.page);
  await visitor.page.reload();
  await shared.bannerSays("Camille drives this page");
  await tab.says("You drive the page");
  await until(async () => (await kept(visitor.page)).doc > first.doc, "the new document is recorded");
  const second = await kept(visitor.page);
  assert.equal(second.share, first.share);
  assert.notEqual(second.key, first.key);
  assert.deepEqual(second.grant, first.grant);
  await visitor.page.keyboard.press("Escape");
  await tab.says("Omar Haddad took control back");
  assert.equal((await kept(visitor.page)).grant, undefined);
  assert.deepEqual(
    visitor.complaints.filter((one) => !/ERR_CACHE_MISS/.test(one)),
    [],
  );
});

test("of two tabs that hold one share the newest in view has it; the other says so and does not fight", async (t) => {
  const desk = await Desk.start(t);
  const { shared, tab, visitor } = await inControl(desk);
  const [page] = await Promise.all([
    visitor.context.waitForEvent("page"),
    // A window that a page opens gets a copy of its sessionStorage, as a doubled tab does.
    visitor.page.evaluate(() => {
      window.open(location.href);
    }),
  ]);
  const doubled = new SharedPage(new Visitor(desk, visitor.context, page, "en"));
  await doubled.bannerSays("Camille sees this page");
  await shared.bannerSays("Sharing goes on in another tab");
  assert.equal(await kept(visitor.page), null);
  await tab.button("take").waitFor();
  await page.evaluate(() => document.querySelector("h1").append(" in the new tab"));
  await tab.shows("in the new tab");
  const { key } = await kept(page);
  await visitor.page.bringToFront();
  await visitor.page.waitForTimeout(2_000);
  assert.equal((await kept(page)).key, key, "nobody took the share back");
  await doubled.stops();
  await tab.says("Omar Haddad stopped sharing");
});

test("a page that was put away whole comes back with a whole picture", async (t) => {
  const desk = await Desk.start(t);
  const { shared, tab, visitor } = await inShare(desk);
  const { doc } = await kept(visitor.page);
  // The browsers of the journeys keep no pages: what such a page is told stands for it.
  await visitor.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await visitor.page.evaluate(() => document.querySelector("h1").append(" while it was away"));
  await visitor.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await tab.shows("while it was away");
  await shared.bannerSays("Camille sees this page");
  assert.ok((await kept(visitor.page)).doc > doc);
});

test("a page fetched back after the share has ended elsewhere is not shared again", async (t) => {
  const desk = await Desk.start(t);
  const { tab, visitor } = await inShare(desk);
  await visitor.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  // The page that came after it stopped.
  await visitor.page.evaluate(() => sessionStorage.removeItem("comptoir:share"));
  await visitor.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await new SharedPage(visitor).bannerSays("Sharing has ended");
  assert.equal(await kept(visitor.page), null);
  await tab.page.waitForTimeout(500);
});

test("stopping is known to the agent at once, and a store's script cannot bring the share back", async (t) => {
  const desk = await Desk.start(t);
  const { shared, tab, visitor } = await inShare(desk);
  const before = await kept(visitor.page);
  await shared.stops();
  await tab.says("Omar Haddad stopped sharing");
  await visitor.page.evaluate(
    (share) => sessionStorage.setItem("comptoir:share", JSON.stringify(share)),
    before,
  );
  await visitor.page.reload();
  await shared.bannerSays("Sharing has ended");
  await tab.says("Omar Haddad stopped sharing");
});

/** One visitor in several tabs, behind the back/forward cache, away for long, and gone for good. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";

const storedBy = (visitor) =>
  visitor.page.evaluate(() =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => /comptoir/i.test(key)),
  );

test("shutdown in one tab ends the chat in every tab and leaves nothing behind", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  const second = await visitor.tab("/en/delivery");
  await second.opens();
  await second.says("From the second tab");
  await agent.sees("From the second tab");

  await second.page.evaluate(() => window.Comptoir("shutdown"));
  for (const tab of [second, visitor]) {
    await tab.log.waitFor({ state: "detached" });
    assert.equal(await tab.launcher.count(), 0);
    assert.deepEqual(await storedBy(tab), []);
  }
  await agent.replies("Are you still there?");
  await agent.sees("Are you still there?");
  assert.deepEqual(await storedBy(visitor), []);

  await visitor.page.reload();
  await visitor.opens();
  await visitor.sees("Hello and welcome to Corlieu");
  assert.equal(await visitor.log.getByText("From the second tab").count(), 0);
});

test("a visitor offline for 300 messages has them all, in order, without a reload", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  await visitor.page.evaluate(() => {
    window.neverReloaded = true;
  });
  await visitor.context.setOffline(true);
  await desk.restart();
  const texts = Array.from({ length: 300 }, (_, place) => `line ${place + 1}.`);
  for (const text of texts) await agent.replies(text);
  await agent.sees("line 300.");
  await visitor.context.setOffline(false);
  await visitor.sees("line 300.");
  assert.deepEqual(await visitor.log.getByText(/^line \d+\.$/).allInnerTexts(), texts);
  assert.equal(await visitor.page.evaluate(() => window.neverReloaded), true);
});

test("back from another page the chat goes on, out of the back/forward cache", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  await visitor.goes("/en/delivery");
  await visitor.log.waitFor();
  await visitor.page.goBack();
  await agent.replies("Welcome back");
  await visitor.sees("Welcome back");
  await visitor.says("Glad to be back");
  await agent.sees("Glad to be back");
  assert.equal(await agent.log.getByText("Glad to be back", { exact: true }).count(), 1);
});

test("the place in a long talk is kept over pages, and news do not move it", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk, { width: 390, height: 844, touch: true });
  for (let place = 1; place <= 30; place += 1) await agent.replies(`line ${place} of a long talk`);
  await visitor.sees("line 30 of");
  /** The numbers of the lines that are wholly in view. */
  const inView = () =>
    visitor.log.evaluate((log) => {
      const { top, bottom } = log.getBoundingClientRect();
      const lines = [...log.querySelectorAll(".said")].filter((one) => {
        const line = one.getBoundingClientRect();
        return line.top >= top && line.bottom <= bottom;
      });
      return lines.flatMap((one) => /line (\d+) of/.exec(one.textContent)?.[1] ?? []);
    });
  const kept = () =>
    visitor.page.waitForFunction(() => /"scroll":\d/.test(Object.values(sessionStorage).join()));
  await visitor.log.evaluate((log) => log.scrollBy(0, -700));
  await kept();
  const seen = await inView();
  assert.ok(seen.length > 5 && !seen.includes("30"), `in the middle of the talk: ${seen}`);

  await visitor.goes("/en/delivery");
  await visitor.sees("line 30 of");
  await agent.replies("one line more");
  await visitor.sees("one line more");
  assert.deepEqual(await inView(), seen);
  await visitor.page.getByRole("button", { name: "Go to the latest message" }).tap();
  assert.ok((await inView()).includes("30"));
});

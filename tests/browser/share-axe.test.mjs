/** axe finds nothing to say about the agent's tab of a shared page, in each of its states. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";
import { SharedPage, ShareTab } from "./sharing.mjs";

/** The tab itself: what the store's page is like is the store's. */
async function faults(page) {
  const axe = new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .exclude(".stage-picture");
  const { violations } = await axe.analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.flat().join(" ")} ${node.failureSummary}`),
  );
}

for (const dark of [false, true]) {
  test(`the agent's tab has no accessibility fault axe knows, ${dark ? "dark" : "light"}`, async (t) => {
    const desk = await Desk.start(t);
    const { agent, visitor } = await inConversation(desk);
    const shared = new SharedPage(visitor);
    const tab = await ShareTab.open(agent, "en");
    await tab.page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    await tab.says("Waiting for Omar Haddad");
    assert.deepEqual(await faults(tab.page), [], "asked");

    await shared.answers(true);
    await tab.shows("A workshop by the sea");
    assert.deepEqual(await faults(tab.page), [], "shared");

    await tab.button("take").click();
    await shared.answers(true);
    await tab.says("You drive the page");
    await tab.page.getByLabel("Page of the store").fill("/en/cart");
    await tab.page.getByRole("button", { name: "Go", exact: true }).click();
    await visitor.page.waitForURL(/\/en\/cart/);
    await tab.says("You drive the page");
    await tab.page.getByRole("button", { name: "Keys" }).click();
    assert.deepEqual(await faults(tab.page), [], "driven");

    await tab.button("agentStop").click();
    await tab.says("You stopped sharing");
    assert.deepEqual(await faults(tab.page), [], "ended");
  });
}

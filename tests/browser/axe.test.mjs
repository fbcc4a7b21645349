/** axe finds nothing to say about the widget and the console, and has really looked inside. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";

/** Violations in words, and how many nodes were looked at. */
async function looks(page, { only } = {}) {
  let axe = new AxeBuilder({ page }).withTags([
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
  ]);
  if (only) axe = axe.include(only);
  const { violations, passes } = await axe.analyze();
  const words = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.flat().join(" ")} ${node.failureSummary}`),
  );
  const nodes = new Set(passes.flatMap((pass) => pass.nodes.map((node) => node.target.flat().join(" "))));
  return { words, nodes };
}

const inWidget = (nodes) => [...nodes].filter((target) => /comptoir/i.test(target)).length;

for (const dark of [false, true]) {
  test(`the widget and the console have no accessibility fault axe knows, ${dark ? "dark" : "light"}`, async (t) => {
    const desk = await Desk.start(t);
    const { agent, visitor } = await inConversation(desk, { dark });
    await agent.page.emulateMedia({ colorScheme: dark ? "dark" : "light" });

    await t.test("a conversation with a card, in the widget", async () => {
      await agent.recommends("mug", "Tide mug");
      await visitor.log.getByRole("link", { name: /^View/ }).last().waitFor();
      const { words, nodes } = await looks(visitor.page);
      assert.deepEqual(words, []);
      assert.ok(nodes.size > 30, `axe looked at ${nodes.size} nodes`);
      assert.ok(inWidget(nodes) > 5, `axe looked at ${inWidget(nodes)} nodes of the widget`);
    });
    await t.test("a search with its filters, a comparison being made, and the composer's list", async () => {
      const { page } = agent;
      await page.getByLabel(agent.words.search).fill("lamp");
      await page.getByRole("grid", { name: "Products found" }).waitFor();
      await page.getByRole("button", { name: /^Compare Mast desk lamp/ }).click();
      await page.getByRole("button", { name: "Category", exact: true }).click();
      await page.getByRole("button", { name: /^Lighting › Desk lamps/ }).waitFor();
      await agent.composer.fill("#lamp");
      await page.getByRole("option").first().waitFor();
      const { words, nodes } = await looks(page);
      assert.deepEqual(words, []);
      assert.ok(nodes.size > 60, `axe looked at ${nodes.size} nodes`);
      await agent.composer.fill("");
      await page.getByLabel(agent.words.search).fill("");
    });
    await t.test("the same conversation in the console", async () => {
      const { words, nodes } = await looks(agent.page);
      assert.deepEqual(words, []);
      assert.ok(nodes.size > 40, `axe looked at ${nodes.size} nodes`);
    });
    for (const tab of ["waiting", "history"]) {
      await t.test(`the tab ${tab}`, async () => {
        await agent.goesTo(tab);
        const { words, nodes } = await looks(agent.page);
        assert.deepEqual(words, []);
        assert.ok(nodes.size > 15, `axe looked at ${nodes.size} nodes`);
      });
    }
    await t.test("the import screen", async () => {
      const admin = await desk.agent("admin", { dark });
      await admin.page.goto(`${desk.console}/settings/sites`);
      await admin.page
        .getByRole("main")
        .getByRole("link", { name: /Corlieu/ })
        .first()
        .click();
      await admin.page
        .getByRole("link", { name: /Catalog/ })
        .first()
        .click();
      await admin.page.locator("input[type=file]").first().waitFor({ state: "attached" });
      const { words, nodes } = await looks(admin.page);
      assert.deepEqual(words, []);
      assert.ok(nodes.size > 15, `axe looked at ${nodes.size} nodes`);
    });
  });
}

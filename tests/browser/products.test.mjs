/** The catalog beside a conversation: searched, narrowed, suggested, compared and sent, all by keys. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";

const SEARCH = "Search the catalog";

/** A conversation whose agent never touches the pointer from here on. */
async function byKeys(t, options = {}) {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk, options);
  const count = () => {
    window.pointed = 0;
    addEventListener("pointerdown", () => (window.pointed += 1), true);
  };
  await agent.page.evaluate(count);
  await agent.page.addInitScript(count);
  t.after(async () => {
    assert.deepEqual(agent.complaints, []);
  });
  const pointed = () => agent.page.evaluate(() => window.pointed);
  return { desk, agent, visitor, keyboard: agent.page.keyboard, pointed };
}

/** A row of a list of products, by its title. */
function product(agent, title) {
  return agent.page.getByRole("row", { name: title }).first();
}

async function searches(agent, text) {
  await agent.page.keyboard.press("Alt+r");
  const field = agent.page.getByLabel(SEARCH);
  await field.and(agent.page.locator(":focus")).waitFor();
  await field.press("Control+a");
  await agent.page.keyboard.type(text);
  // Enter asks in full.
  await agent.page.keyboard.press("Enter");
}

async function tabTo(agent, name) {
  const wanted = agent.page.getByRole("button", { name }).and(agent.page.locator(":focus"));
  for (let tries = 0; tries < 20; tries += 1) {
    await agent.page.keyboard.press("Tab");
    if ((await wanted.count()) > 0) return;
  }
  assert.fail(`Tab never reached ${name}`);
}

test("a misspelt word is corrected, with the way back; a filter that leaves nothing is taken out", async (t) => {
  const { agent, keyboard, pointed } = await byKeys(t);
  const { page } = agent;
  await searches(agent, "lanp");
  await page.getByText("Results for “lamp”.").waitFor();
  await product(agent, "Mast desk lamp").waitFor();
  assert.ok(
    (await page.locator(".results mark").allTextContents()).includes("lamp"),
    "corrected words are marked",
  );
  await page.getByRole("button", { name: "Search for “lanp” instead" }).waitFor();

  await tabTo(agent, /^Price$/);
  await keyboard.press("Enter");
  const from = page.getByLabel("From", { exact: true });
  await from.and(page.locator(":focus")).waitFor();
  await keyboard.type("1000");
  await keyboard.press("Enter");
  await page.getByRole("button", { name: /^Remove the filter “over €1,000/ }).waitFor();
  const without = page.getByRole("button", { name: /^Without “over €1,000.*: \d+ products$/ });
  await without.waitFor();
  await tabTo(agent, /^Without “over/);
  await keyboard.press("Enter");
  await product(agent, "Mast desk lamp").waitFor();

  await tabTo(agent, /^Search for “lanp” instead$/);
  await keyboard.press("Enter");
  await page.getByText("Searched as typed: “lanp”.").waitFor();
  assert.equal(await pointed(), 0);
});

test("filters open by keys, say how many products each leaves, and are taken away one by one", async (t) => {
  const { agent, keyboard, pointed } = await byKeys(t);
  const { page } = agent;
  await searches(agent, "lamp");
  await product(agent, "Mast desk lamp").waitFor();
  await tabTo(agent, /^Category$/);
  await keyboard.press("Enter");
  const desk = page.getByRole("button", { name: /^Lighting › Desk lamps/ });
  await desk.waitFor();
  await tabTo(agent, /^Lighting › Desk lamps/);
  await keyboard.press("Enter");
  await page.getByRole("row", { name: "Bell pendant lamp" }).waitFor({ state: "detached" });
  await product(agent, "Mast desk lamp").waitFor();
  await keyboard.press("Escape");
  await page.getByRole("button", { name: "Category", expanded: false }).and(page.locator(":focus")).waitFor();
  await tabTo(agent, /^Remove the filter “Lighting › Desk lamps”$/);
  await keyboard.press("Enter");
  await product(agent, "Bell pendant lamp").waitFor();
  assert.equal(await pointed(), 0);
});

test("a variant is found, unfolded and sent by keys alone", async (t) => {
  const { agent, visitor, keyboard, pointed } = await byKeys(t);
  await searches(agent, "tide mug");
  await product(agent, "Tide mug").waitFor();
  await keyboard.press("ArrowDown");
  await keyboard.press("v");
  const variant = agent.page.getByRole("row", { name: /^Lagoon/ });
  await variant.waitFor();
  await agent.page.waitForFunction(() => document.activeElement?.closest(".variants") !== null);
  while ((await variant.and(agent.page.locator(":focus")).count()) === 0) await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await visitor.log.getByText("Lagoon").last().waitFor();
  await agent.sees("Lagoon");

  await keyboard.press("Escape");
  await product(agent, "Tide mug").and(agent.page.locator(":focus")).waitFor();
  await keyboard.press("Escape");
  await agent.page.getByLabel(SEARCH).and(agent.page.locator(":focus")).waitFor();
  assert.equal(await pointed(), 0);
});

test("a suggestion says why and is sent with one key; a wish of the visitor can be left out", async (t) => {
  const { agent, visitor, keyboard, pointed } = await byKeys(t);
  const { page } = agent;
  await visitor.says("I am looking for a mug under 30 euros");
  await agent.sees("I am looking for a mug under 30 euros");
  const first = page.getByRole("region", { name: "Suggestion", exact: true });
  await first.getByText("Tide mug").waitFor();
  await first.getByText(/under €30\.00/).waitFor();
  await agent.composer.focus();
  await keyboard.press("Alt+s");
  await visitor.log.getByText("Tide mug").last().waitFor();
  await first.getByText("Tide mug").waitFor({ state: "detached" });

  await keyboard.press("Alt+r");
  await tabTo(agent, /^Leave out “under €30\.00”$/);
  await keyboard.press("Enter");
  await page.getByRole("button", { name: "Take “under €30.00” in again" }).waitFor();
  assert.equal(await pointed(), 0);
});

test("a list of suggestions that is walked through stays, and says that there are new ones", async (t) => {
  const { agent, visitor, keyboard } = await byKeys(t);
  const { page } = agent;
  await visitor.says("I am looking for a mug");
  const suggestions = page.getByRole("grid", { name: "Suggestions" });
  await suggestions.getByText("Tide mug").waitFor();
  await keyboard.press("Alt+r");
  await page.getByLabel(SEARCH).and(page.locator(":focus")).waitFor();
  await keyboard.press("ArrowDown");
  await visitor.says("Or rather a hammock for the garden");
  await page.getByRole("button", { name: "New suggestions" }).waitFor();
  await suggestions.getByText("Tide mug").waitFor();
  await keyboard.press("n");
  await suggestions.getByText("Swell hammock").waitFor();
  const place = suggestions.getByRole("row", { name: "Swell hammock" });
  const digit = (await place.locator("kbd").textContent()).trim();
  await keyboard.press(digit);
  await visitor.log.getByText("Swell hammock").last().waitFor();
});

test("three products are ticked, compared and sent; both sides see what differs and what became of it", async (t) => {
  const { agent, visitor, keyboard, pointed } = await byKeys(t);
  const { page } = agent;
  await searches(agent, "lamp");
  await product(agent, "Mast desk lamp").waitFor();
  for (let ticked = 1; ticked <= 3; ticked += 1) {
    await keyboard.press("ArrowDown");
    await keyboard.press("c");
    await page
      .getByText(ticked === 1 ? "1 product to compare" : `${ticked} products to compare`)
      .last()
      .waitFor();
  }
  const titles = await page.getByRole("region", { name: "Compare" }).getByRole("listitem").allTextContents();
  assert.equal(titles.length, 3);
  await keyboard.press("Control+Enter");
  for (const side of [visitor, agent]) {
    const table = side.log.getByRole("region", { name: "3 products compared" });
    await table.waitFor();
    assert.equal(await table.getByRole("columnheader").count(), 3, "a column a product");
  }
  await agent.sees("Seen");
  const table = visitor.log.getByRole("region", { name: "3 products compared" });
  await Promise.all([visitor.page.waitForURL(/\/p\//), table.getByRole("link").first().click()]);
  await agent.log.getByRole("region", { name: "3 products compared" }).getByText("Opened").waitFor();
  assert.equal(await pointed(), 0);
});

test("# lists what was pinned and recommended before a word is typed; Tab leads into the variants", async (t) => {
  const { agent, visitor, keyboard, pointed } = await byKeys(t);
  const { page } = agent;
  await searches(agent, "hammock");
  await product(agent, "Swell hammock").waitFor();
  await keyboard.press("ArrowDown");
  await keyboard.press("p");
  await page.getByRole("button", { name: "Pin Swell hammock", pressed: true }).waitFor();
  await searches(agent, "tide mug");
  await product(agent, "Tide mug").waitFor();
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await visitor.log.getByText("Tide mug").last().waitFor();

  await page.reload();
  await agent.composer.waitFor();
  await agent.composer.focus();
  await keyboard.type("#");
  const options = page.getByRole("option");
  await options.filter({ hasText: "Tide mug" }).waitFor();
  assert.match(await options.first().textContent(), /Swell hammock/, "what is pinned stands first");
  await keyboard.press("ArrowDown");
  await keyboard.press("Tab");
  await page.getByRole("listbox", { name: "Variants of Tide mug" }).waitFor();
  await keyboard.press("ArrowDown");
  const chosen = await page.getByRole("option", { selected: true }).textContent();
  await keyboard.press("Enter");
  const variant = /· ([^€]+)€/.exec(chosen)?.[1];
  assert.ok(variant, `a variant is chosen: ${chosen}`);
  await visitor.log.getByText(variant).last().waitFor();
  assert.equal(await agent.composer.inputValue(), "");
  assert.equal(await pointed(), 0);
});

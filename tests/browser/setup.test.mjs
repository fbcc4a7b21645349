/**
 * A merchant begins with an empty folder: first admin, site, bot, catalog, agents, test page, a card, close.
 * No store is needed.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";

const fixture = (name) => new URL(`fixtures/${name}`, import.meta.url).pathname;

test("a merchant goes from an empty folder to a tested chat without a store", async (t) => {
  const desk = await Desk.start(t, { demo: false });
  const context = await desk.context();
  const page = await context.newPage();
  const button = (name) => page.getByRole("button", { name, exact: true });

  await t.test("the one-time link makes the first admin, once", async () => {
    await page.goto(desk.said);
    await page.getByLabel("Your name").fill("Ada Martin");
    await page.getByLabel("E-mail").fill("ada@example.org");
    await page.getByLabel("Password").fill("short");
    await button("Create the admin").click();
    await page
      .getByText(/at least 8 characters/i)
      .first()
      .waitFor();
    await page.getByLabel("Password").fill("a long and odd phrase");
    await button("Create the admin").click();
    await page
      .getByText(/No site|Hello Ada/)
      .first()
      .waitFor();
    const stranger = await (await desk.context()).newPage();
    await stranger.goto(desk.said);
    await stranger
      .getByText(/has already been used/i)
      .first()
      .waitFor();
  });

  await t.test("a site, with its snippet to copy and a list of what comes next", async () => {
    await page.goto(`${desk.console}/settings/sites/new`);
    await page.getByLabel("Name", { exact: true }).fill("Oak & Co");
    await page.getByLabel(/origins/i).fill("https://shop.example.com");
    await page.getByRole("button", { name: /Add the site|Create/ }).click();
    await page.getByText("data-site=").first().waitFor();
    await page
      .getByText(/Publish a bot|Publish the bot/)
      .first()
      .waitFor();
  });

  await t.test("a broken bot is refused with its line, a good one is published", async () => {
    await page.getByRole("link", { name: /bot/i }).first().click();
    await page.locator("input[type=file]").first().setInputFiles(fixture("broken-bot.toml"));
    await page.getByText(/E03/).first().waitFor();
    await page
      .getByText(/did you mean `welcome`/)
      .first()
      .waitFor();
    await page.getByRole("tab", { name: /^TOML/ }).click();
    await page.locator("input[type=file]").first().setInputFiles(fixture("bot.toml"));
    await page.getByText(/E03/).first().waitFor({ state: "detached" });
    await page.getByText("Draft saved", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Publish…" }).click();
    await page.getByRole("button", { name: "Publish version 1" }).click();
    await page
      .getByText(/Version 1/)
      .first()
      .waitFor();
  });

  await t.test("a catalog is imported, its broken line listed with the reason", async () => {
    await page
      .getByRole("link", { name: /Catalog/ })
      .first()
      .click();
    await page.locator("input[type=file]").first().setInputFiles(fixture("products.csv"));
    await page
      .getByText(/12\.9O EUR/)
      .first()
      .waitFor();
    const confirm = page.getByRole("button", { name: /Import anyway|Confirm/ });
    if (await confirm.isVisible()) await confirm.click();
    await page
      .getByText(/3 products/)
      .first()
      .waitFor();
  });

  await t.test(
    "the test page talks to the real bot; the conversation is taken, a card is sent, it is closed",
    async () => {
      await page.goto(`${desk.console}/settings/sites`);
      await page.getByRole("main").getByRole("link", { name: "Oak & Co" }).first().click();
      const [shop] = await Promise.all([
        context.waitForEvent("page"),
        page
          .getByRole("button", { name: /Test your live chat/ })
          .or(page.getByRole("link", { name: /Test your live chat/ }))
          .first()
          .click(),
      ]);
      await shop.waitForURL(/\/test\//);
      await page.goto(`${desk.console}/inbox/waiting`);
      const start = page.getByRole("button", { name: "Start", exact: true });
      await page
        .getByRole("tab", { name: /^Waiting/ })
        .or(start)
        .first()
        .waitFor();
      if (await start.isVisible()) await start.click();

      await shop.getByRole("button", { name: /^Open chat/ }).click();
      await shop.getByLabel("Name").fill("Tom Becker");
      await shop.getByLabel("E-mail").fill("not an address");
      const form = shop.getByRole("form", { name: "Your details" });
      await form.getByRole("button", { name: "Continue" }).click();
      await shop.getByLabel("E-mail").and(shop.locator("[aria-invalid=true]")).waitFor();
      await shop.getByLabel("E-mail").fill("tom@example.org");
      await shop.reload();
      await shop.getByLabel("E-mail").waitFor();
      assert.equal(
        await shop.getByLabel("E-mail").inputValue(),
        "tom@example.org",
        "a reload keeps the form",
      );
      assert.equal(await shop.getByLabel("Name").inputValue(), "Tom Becker");
      await form.getByRole("button", { name: "Continue" }).click();
      await shop.getByRole("button", { name: "Talk to an advisor" }).last().click();

      const row = page.getByRole("listitem").filter({ hasText: "Tom Becker" });
      await row.getByText("Test", { exact: true }).waitFor();
      await row.getByRole("button").click();
      await page.getByLabel("Search the catalog").fill("oak desk");
      await page.getByRole("button", { name: /^Recommend Oak desk 120/ }).click();
      await shop.getByText("Oak desk 120 cm").last().waitFor();
      await page.getByRole("button", { name: "Close the conversation" }).click();
      await shop.getByText("This conversation is closed.").first().waitFor();
    },
  );

  await t.test("the set-up list knows what is done", async () => {
    await page.goto(`${desk.console}/settings/sites`);
    await page.getByRole("main").getByRole("link", { name: "Oak & Co" }).first().click();
    const steps = page.getByRole("main").locator("ol.steps > li");
    await steps.filter({ hasText: "Test your live chat" }).getByRole("img", { name: "Done" }).waitFor();
    const states = await steps.evaluateAll((all) =>
      all.map((one) => one.querySelector("[aria-label]").getAttribute("aria-label")),
    );
    // Bot, catalog and test are done; nobody was invited and no store carries the snippet.
    assert.deepEqual(states, ["Done", "Done", "To do", "Done", "To do"]);
  });
});

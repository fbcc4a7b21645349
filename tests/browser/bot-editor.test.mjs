/**
 * A merchant sets up the bot in forms, without a file: from a template to a published bot that answers five
 * questions; and what they typed is never lost.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import { Desk } from "./desk.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The admin at the editor of the demo's bot, or of a new site that has none. */
async function editor(desk, { fresh = false, ...options } = {}) {
  const admin = await desk.agent("admin", options);
  const { page } = admin;
  let site = desk.said.site.id;
  if (fresh) {
    const made = await page.request.post(`${desk.console}/api/v1/sites`, {
      data: { name: "Chêne & Cie", origins: [desk.store], lang: "fr", currency: "EUR" },
      headers: { origin: desk.console },
    });
    assert.ok(made.ok(), await made.text());
    site = (await made.json()).id;
  }
  await page.goto(`${desk.console}/settings/sites/${site}/bot`);
  return {
    page,
    site,
    admin,
    tab: (name) => page.getByRole("tab", { name }),
    button: (name) => page.getByRole("button", { name, exact: true }),
    saved: (name) => page.getByText(name, { exact: true }).waitFor(),
  };
}

async function faultless(page) {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const words = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.flat().join(" ")} ${node.failureSummary}`),
  );
  assert.deepEqual(words, []);
  assert.ok(passes.length > 10, "axe has looked");
}

const NEW = {
  welcome: "Bonjour, ici l’atelier. Une question ?",
  ways: ["Livrez-vous en Belgique et en Suisse ?", "Envoyez-vous des meubles à l’étranger ?"],
  pasted: "Puis-je commander depuis le Luxembourg ?\nExpédiez-vous hors de France ?",
  answer: "Oui, dans les pays voisins : écrivez-nous l’adresse, le devis est gratuit.",
};

test("a merchant goes from a template to a published bot that answers five questions", async (t) => {
  const desk = await Desk.start(t);
  const { page, site, tab, button, saved, admin } = await editor(desk, { lang: "fr" });
  const saves = () => saved("Brouillon enregistré");

  await t.test("a site without a bot offers templates; the demo's bot is replaced by one", async () => {
    const templates = await (await page.request.get(`${desk.console}/api/v1/bot/templates`)).json();
    assert.equal(templates.length, 6);
    const other = await editor(desk, { lang: "fr", fresh: true });
    await other.page.getByRole("heading", { name: "Commencer par un modèle" }).waitFor();
    await faultless(other.page);
    await other.page.getByRole("button", { name: /^Meubles/ }).click();
    await other.tab(/^Accueil et étapes/).waitFor();
    await other.saved("Brouillon enregistré");
    await other.page.close();
    await tab("TOML").click();
    await button("D’un modèle…").click();
    await page.getByRole("dialog").getByLabel("Français").check();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Meubles/ })
      .click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await saves();
  });

  await t.test("the welcome is changed", async () => {
    await tab(/^Accueil et étapes/).click();
    await page.locator(".bot-card-name").first().click();
    await page.getByLabel("Dit", { exact: true }).fill(NEW.welcome);
    await saves();
    await faultless(page);
  });

  await t.test("a question gets three ways of asking by Enter and by pasting", async () => {
    await tab(/^Questions/).click();
    await button("Ajouter une question").click();
    await page.getByLabel("Façon de demander 1", { exact: true }).fill(NEW.ways[0]);
    await page.keyboard.press("Enter");
    const focused = page.locator(":focus");
    await page.getByLabel("Façon de demander 2", { exact: true }).and(focused).waitFor();
    await page.keyboard.type(NEW.ways[1]);
    await page.keyboard.press("Enter");
    await page.getByLabel("Façon de demander 3", { exact: true }).and(focused).waitFor();
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    }, NEW.pasted);
    assert.equal(
      await page.getByLabel("Façon de demander 4", { exact: true }).inputValue(),
      "Expédiez-vous hors de France ?",
    );
    await page.getByLabel("Réponse", { exact: true }).fill(NEW.answer);
    await page.getByLabel("Nom court").fill("Livraison à l’étranger");
    await saves();
  });

  await t.test("the hours are set by keys", async () => {
    await tab(/^Horaires/).click();
    // The shop of the template is closed on Mondays.
    await page.getByRole("button", { name: /^Ajouter des heures.*lundi/ }).focus();
    await page.keyboard.press("Enter");
    const opens = page.getByLabel("lundi, ouvre (1)");
    await opens.and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("8h30");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await opens.inputValue(), "09:00");
    await page.getByRole("button", { name: "Copier les heures de lundi" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem").first().and(page.locator(":focus")).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.getByLabel("dimanche, ouvre (1)").inputValue(), "09:00");
    await page.keyboard.press("Control+Z");
    await page.getByLabel("dimanche, ouvre (1)").waitFor({ state: "detached" });
    assert.equal(await opens.inputValue(), "09:00");
    await saves();
  });

  await t.test("a problem is shown beside its field, found from the list, and mended", async () => {
    await tab(/^Questions/).click();
    const answer = page.getByLabel("Réponse", { exact: true });
    await answer.fill("Bonjour {{inconnu}}");
    await page.getByRole("tab", { name: /^Questions.*1 problème/ }).waitFor();
    await tab(/^Champs/).click();
    await page.getByText("1 problème", { exact: true }).first().click();
    await page.locator(".bot-found").getByRole("button", { name: /^E08/ }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
    assert.equal(await page.evaluate(() => document.activeElement.value), "Bonjour {{inconnu}}");
    await faultless(page);
    await button("Publier…").click();
    await page.getByText("1 problème à corriger d’abord").waitFor();
    assert.ok(await page.getByRole("button", { name: /^Publier la version/ }).isDisabled());
    await page.keyboard.press("Escape");
    await answer.fill(NEW.answer);
    await page.getByRole("tab", { name: /^Questions.*1 problème/ }).waitFor({ state: "detached" });
  });

  await t.test("it is published with a note", async () => {
    await saves();
    await button("Publier…").click();
    await page.getByLabel("Ce qui a changé").fill("Le premier bot");
    await faultless(page);
    await page.getByRole("button", { name: /^Publier la version/ }).click();
    await page.getByText(/le brouillon est le même/).waitFor();
    const versions = await page.request.get(`${desk.console}/api/v1/sites/${site}/bot/versions`);
    assert.equal((await versions.json()).versions[0].note, "Le premier bot");
    assert.deepEqual(admin.complaints, []);
  });

  await t.test("a visitor of the store gets the five answers", async () => {
    const draft = await (await page.request.get(`${desk.console}/api/v1/sites/${site}/bot/draft`)).json();
    const asked = draft.definition.faq
      .filter((faq) => faq.questions.fr?.length > 1 && !faq.answer.fr.includes("{{"))
      .slice(0, 5);
    assert.equal(asked.length, 5);
    assert.equal(asked[0].answer.fr, NEW.answer);
    const visitor = await desk.visitor({ lang: "fr" });
    await visitor.opens();
    await visitor.sees(NEW.welcome);
    for (const faq of asked) {
      await visitor.says(faq.questions.fr[1]);
      await visitor.sees(faq.answer.fr.split("\n")[0]);
    }
  });
});

test("steps change places by keys, and deleting one that others lead to says where", async (t) => {
  const desk = await Desk.start(t);
  const { page, button, saved } = await editor(desk);
  const names = () => page.locator(".bot-card-name strong").allInnerTexts();
  await page.locator(".bot-card-name").first().waitFor();
  const before = await names();

  await page.getByRole("button", { name: `Move down: ${before[0]}`, exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (name) => document.activeElement?.getAttribute("aria-label") === `Move down: ${name}`,
    before[0],
  );
  assert.deepEqual((await names()).slice(0, 2), [before[1], before[0]]);
  await page.keyboard.press("Control+Z");
  assert.deepEqual(await names(), before);
  await button("Redo").click();
  assert.deepEqual((await names()).slice(0, 2), [before[1], before[0]]);
  await saved("Draft saved");

  await page.getByRole("button", { name: `Delete: ${before[1]}`, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /Welcome.*button/ }).waitFor();
  await button("Delete anyway").click();
  await page.getByRole("tab", { name: /^Welcome and steps.*problem/ }).waitFor();
  await page.locator(".toasts").getByRole("button", { name: "Undo" }).click();
  assert.deepEqual((await names()).slice(0, 2), [before[1], before[0]]);
  await page.getByRole("tab", { name: /^Welcome and steps.*problem/ }).waitFor({ state: "detached" });
  await saved("Draft saved");
  await page.reload();
  await page.locator(".bot-card-name").first().waitFor();
  assert.deepEqual((await names()).slice(0, 2), [before[1], before[0]]);
});

test("two admins at one bot: the second is asked whose work stays, and loses nothing", async (t) => {
  const desk = await Desk.start(t);
  const [one, two] = [await editor(desk), await editor(desk)];
  for (const { page } of [one, two]) await page.getByLabel("Name of the bot").waitFor();

  await one.page.getByLabel("Name of the bot").fill("First");
  await one.saved("Draft saved");
  await two.page.getByLabel("Name of the bot").fill("Second");
  await two.page.getByRole("dialog", { name: "This bot was changed elsewhere" }).waitFor();
  await two.button("Keep mine").click();
  await two.saved("Draft saved");
  assert.equal(await two.page.getByLabel("Name of the bot").inputValue(), "Second");

  await one.page.getByLabel("Name of the bot").fill("Third");
  await one.page.getByRole("button", { name: /^Load the bot of/ }).click();
  await one.page.waitForFunction(() => document.querySelector("[data-at='/name']")?.value === "Second");
});

test("without the server nothing typed is lost, and it is saved when the server is back", async (t) => {
  const desk = await Desk.start(t);
  const { page, saved } = await editor(desk);
  await page.getByLabel("Name of the bot").waitFor();
  await desk.server.stop("SIGKILL");
  await page.getByLabel("Name of the bot").fill("Kept");
  await page.getByText(/^Not saved:/).waitFor();
  await desk.server.start();
  await saved("Draft saved");
  await page.reload();
  await page.getByLabel("Name of the bot").waitFor();
  assert.equal(await page.getByLabel("Name of the bot").inputValue(), "Kept");
});

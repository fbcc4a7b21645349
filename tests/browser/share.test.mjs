/**
 * A shared page from the question to the end, in two browsers with the real server: seen, pointed at,
 * driven, taken back, stopped, and what is left of it.
 *
 * What the page refuses order by order is share-remote.test.mjs's, how consent is given share-consent's.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";
import { inControl, inShare, SharedPage, ShareTab, until } from "./sharing.mjs";

test("ask, agree, see, point, take control, click, take back, stop", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  const tab = await ShareTab.open(agent, "en");
  await tab.says("Waiting for Omar Haddad");
  assert.equal(await tab.page.locator("iframe").count(), 0, "nothing is shown before the visitor agrees");

  const shared = new SharedPage(visitor);
  await shared.answers(true);
  await tab.says("Omar Haddad shares this page with you");
  await tab.shows("A workshop by the sea");
  await shared.bannerSays("Camille sees this page");

  await tab.button("point").click();
  const heading = tab.picture.getByRole("heading", { level: 1 });
  await tab.moves(heading);
  await visitor.page.locator("comptoir-share").getByText("Camille", { exact: true }).waitFor();
  const before = visitor.page.url();
  await tab.clicks(tab.picture.getByRole("link", { name: "See the tableware" }));
  assert.equal(visitor.page.url(), before, "a pointer touches nothing");

  await tab.button("take").click();
  await tab.says("to let you drive");
  await shared.answers(true);
  await tab.says("You drive the page");
  await shared.bannerSays("Camille drives this page");
  await tab.clicks(tab.picture.getByRole("link", { name: "See the tableware" }));
  await visitor.page.waitForURL((url) => url.href !== before);
  await tab.says("You drive the page");
  await until(
    async () => (await tab.picture.getByRole("heading", { level: 1 }).textContent()) !== null,
    "the next page is shown",
  );

  await shared.takesBack();
  await tab.says("Omar Haddad took control back");
  await shared.bannerSays("Camille sees this page");
  await shared.stops();
  await tab.says("Omar Haddad stopped sharing");
  await until(async () => (await tab.page.locator("iframe").count()) === 0, "the picture is cleared");

  assert.deepEqual(tab.complaints, []);
  const foreign = tab.asked.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(desk.console));
  assert.deepEqual(foreign, [], "the agent's tab asks our own server only");
  for (const words of [
    "Camille asked to see the page",
    "The visitor agreed: Camille drives the page",
    "clicked “See the tableware”",
    "The visitor took control back",
    "The visitor stopped sharing the page",
  ])
    await agent.sees(words);
});

test("the store's pages follow one another without losing share or control", async (t) => {
  const desk = await Desk.start(t);
  const { tab, visitor } = await inControl(desk);
  for (const path of ["/en/cart", "/en/"]) {
    await tab.page.getByLabel("Page of the store").fill(path);
    await tab.page.getByRole("button", { name: "Go", exact: true }).click();
    await visitor.page.waitForURL((url) => url.pathname.startsWith(path));
    await tab.page.getByLabel("Page of the store").waitFor();
    await until(
      async () => (await tab.page.getByLabel("Page of the store").inputValue()).startsWith(path),
      "the tab says where the page is",
    );
    await tab.says("You drive the page");
  }
});

test("a product sent while driving arrives as a card, and what is typed in the chat stays there", async (t) => {
  const desk = await Desk.start(t);
  const { tab, visitor } = await inControl(desk);
  const composer = tab.page.getByRole("textbox", { name: /^Reply to/ });
  await composer.click();
  await visitor.page.evaluate(() => {
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.appendChild(document.createElement("input")).autofocus = true;
    dialog.showModal();
  });
  await tab.picture.locator("dialog[open]").waitFor();
  await composer.pressSequentially("Here it is", { delay: 20 });
  assert.equal(await composer.inputValue(), "Here it is", "no letter is lost");
  assert.equal(await tab.picture.locator("dialog input").inputValue(), "");
  await composer.press("Enter");
  await visitor.page.evaluate(() => document.querySelector("dialog").close());
  await visitor.sees("Here it is");

  await tab.page.getByRole("button", { name: "Products", exact: true }).click();
  await tab.page.getByLabel("Search the catalog").fill("lamp");
  await tab.page
    .getByRole("grid", { name: "Products found" })
    .getByRole("button", { name: /^Recommend/ })
    .first()
    .click();
  await visitor.log.getByRole("article").or(visitor.log.locator(".card")).first().waitFor();
  await tab.says("You drive the page");
});

test("a question that was refused can be asked again, and a tab that is closed gives control back", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  const shared = new SharedPage(visitor);
  const tab = await ShareTab.open(agent, "en");
  await shared.answers(false);
  await tab.says("Omar Haddad did not agree");
  await tab.button("again").click();
  await shared.answers(true);
  await tab.shows("A workshop by the sea");
  await tab.button("take").click();
  await shared.answers(true);
  await tab.says("You drive the page");
  await tab.page.close();
  await visitor.page.getByRole("button", { name: "Take back control" }).waitFor({ state: "detached" });
  await agent.sees("Control ended: Camille’s tab was gone");
});

test("a tab that is reloaded shows the page again without a new question", async (t) => {
  const desk = await Desk.start(t);
  const { tab, shared } = await inShare(desk);
  await tab.page.reload();
  await tab.says("Omar Haddad shares this page with you");
  await tab.shows("A workshop by the sea");
  assert.equal(await shared.card.count(), 0);
});

test("on a phone the page is shown as a phone, and Stop stays in reach", async (t) => {
  const desk = await Desk.start(t);
  const { tab, shared } = await inShare(desk, { width: 390, height: 844, touch: true });
  await tab.page.locator(".stage-phone").waitFor();
  await tab.page.getByText("390 × 844").waitFor();
  await tab.shows("A workshop by the sea");
  await shared.stops();
  await tab.says("Omar Haddad stopped sharing");
});

test("fields are filled in by boxes of the agent's own, and a secret one stays the visitor's", async (t) => {
  const desk = await Desk.start(t);
  const { tab, visitor } = await inControl(desk);
  await visitor.page.evaluate(() => {
    const forms = ["120px", "220px"].map((top) => {
      const form = document.querySelector("main").appendChild(document.createElement("form"));
      form.style.cssText = `position:fixed;inset:${top} auto auto 80px;z-index:9;background:#fff;padding:20px`;
      return form;
    });
    for (const [label, make] of [
      ["Street", () => document.createElement("input")],
      ["Day", () => Object.assign(document.createElement("input"), { type: "date" })],
      [
        "Secret",
        () => Object.assign(document.createElement("input"), { type: "password", value: "hunter2" }),
      ],
      [
        "Size",
        () => {
          const select = document.createElement("select");
          for (const size of ["Small", "Medium", "Large"]) select.append(new Option(size));
          return select;
        },
      ],
    ]) {
      const field = make();
      field.ariaLabel = label;
      field.id = label.toLowerCase();
      // What stands beside a secret field is the visitor's own too.
      forms[label === "Secret" ? 1 : 0].append(field);
    }
  });
  const field = (id) => tab.picture.locator(`#${id}`);
  const there = (id) => visitor.page.locator(`#${id}`);

  await tab.clicks(field("street"));
  await tab.page.getByLabel("Text for the visitor’s field").pressSequentially("12 quai des Brumes");
  await tab.page.getByRole("button", { name: "Put in" }).click();
  await until(async () => (await there("street").inputValue()) === "12 quai des Brumes", "the text is there");

  await tab.clicks(field("day"));
  await tab.page.getByLabel("Date for the visitor’s field").fill("2026-12-24");
  await tab.page.getByRole("button", { name: "Put in" }).click();
  await until(async () => (await there("day").inputValue()) === "2026-12-24", "the day is there");

  await tab.clicks(field("size"));
  await tab.page
    .getByRole("group", { name: /^Choose for/ })
    .getByLabel("Large")
    .click();
  await until(async () => (await there("size").inputValue()) === "Large", "the size is chosen");

  await tab.clicks(field("secret"));
  await tab.page
    .getByText(/^Secret field: only Omar Haddad types here|This form holds a secret field/)
    .last()
    .waitFor();
  assert.equal(await tab.page.getByLabel("Text for the visitor’s field").count(), 0);
  assert.equal(await there("secret").inputValue(), "hunter2");
  assert.equal((await tab.picture.locator("body").innerHTML()).includes("hunter2"), false);
});

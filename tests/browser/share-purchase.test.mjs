/**
 * A whole purchase on a shared page of the demo store: the agent drives from the home page to the payment with
 * mouse, wheel and boxes on the replay, the visitor pays with their own hands, and nothing secret is anywhere.
 *
 * The store without a share is store.test.mjs's.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inControl, until } from "./sharing.mjs";

const CARD = "5555 5555 5555 4444";
const ADDRESS = {
  "First name": "Omar",
  "Last name": "Haddad",
  "E-mail": "omar.haddad@parcels.example",
  "Street and number": "12 quai des Brumes",
  Postcode: "35400",
  Town: "Port-Sauvenel-les-Bains",
};

/** An agent's hands on the picture, as far as a purchase needs them. */
class Hands {
  constructor(tab, visitor) {
    this.tab = tab;
    this.there = visitor.page;
  }

  get picture() {
    return this.tab.picture;
  }

  /** Turns the wheel over the picture until this lies where the mouse can reach it. */
  async reaches(locator) {
    await locator.first().waitFor();
    const { page } = this.tab;
    await until(async () => {
      const at = await locator.first().evaluate((element) => {
        const view = element.ownerDocument.defaultView;
        const { y, height } = element.getBoundingClientRect();
        return { y: y + height / 2, height: view.innerHeight };
      });
      if (at.y > 40 && at.y < at.height * 0.62) return true;
      const stage = await page.locator(".stage-sheet").boundingBox();
      await page.mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2);
      await page.mouse.wheel(0, at.y - at.height * 0.4);
      return false;
    }, "the wheel brought it into sight");
  }

  async clicks(locator) {
    await this.reaches(locator);
    await this.tab.clicks(locator.first());
  }

  async follows(locator, path) {
    await this.clicks(locator);
    await this.there.waitForURL((url) => url.pathname === path);
    await until(
      async () => (await this.tab.page.getByLabel("Page of the store").inputValue()).startsWith(path),
      `the tab says that the page is ${path}`,
    );
    await this.tab.says("You drive the page");
  }

  async types(label, text) {
    await this.clicks(this.picture.getByLabel(label));
    const box = this.tab.page.getByLabel("Text for the visitor’s field");
    await box.fill(text);
    await this.tab.page.getByRole("button", { name: "Put in" }).click();
    const field = this.there.getByLabel(label);
    await until(async () => (await field.inputValue()) === text, `“${text}” stands in ${label}`);
  }

  async chooses(label, option) {
    await this.clicks(this.picture.getByLabel(label));
    await this.tab.page
      .getByRole("group", { name: /^Choose for/ })
      .getByLabel(option, { exact: true })
      .click();
  }
}

/** Everything that the agent's tab holds: its own document, the picture with its frames, values of fields. */
async function heldBy(page) {
  const parts = [];
  for (const frame of page.frames())
    parts.push(
      await frame.evaluate(() => {
        const values = [...document.querySelectorAll("input,textarea,select")].map((field) => field.value);
        return document.documentElement.outerHTML + values.join("\n");
      }),
    );
  return parts.join("\n");
}

/** Files of the server's folder in which one of the texts stands. */
async function filesWith(folder, texts) {
  const found = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = await readFile(path);
    for (const text of texts) if (bytes.includes(text)) found.push(`${text} in ${path}`);
  }
  return found;
}

test("the agent drives a purchase up to the payment, which the visitor makes alone", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor, tab, shared } = await inControl(desk);
  await visitor.consents(false);
  await visitor.closes();
  const hands = new Hands(tab, visitor);
  const { picture } = hands;
  const there = visitor.page;

  await t.test("from the home page through a filtered shelf to a size in the cart", async () => {
    await hands.follows(picture.getByRole("link", { name: "See the tableware" }), "/en/c/tableware");
    await hands.clicks(picture.getByLabel(/^Bowls/));
    await there.getByText("2 products shown").waitFor();
    await tab.shows("2 products shown");
    await hands.follows(picture.getByRole("link", { name: "Pebble bowl" }), "/en/p/pebble-bowl");
    await hands.clicks(picture.getByLabel("16 cm"));
    await there.waitForURL(/\/pebble-bowl\/gal-cor-16$/);
    await tab.shows("€26.00");
    await hands.chooses("Quantity", "2");
    await until(async () => (await there.getByLabel("Quantity").inputValue()) === "2", "two are wanted");
    await hands.clicks(picture.getByRole("button", { name: "Add to cart" }));
    await there.locator("[data-cart-count]", { hasText: "2" }).waitFor();
    await hands.follows(picture.locator(".cart-link"), "/en/cart");
    await tab.shows("€57.90");
    await picture.frameLocator(".estimate-frame").getByText("To your door").waitFor();
  });

  await t.test("the address, by boxes of the agent's own", async () => {
    await hands.follows(picture.getByRole("link", { name: "Check out" }), "/en/checkout");
    for (const [label, text] of Object.entries(ADDRESS)) await hands.types(label, text);
    await hands.clicks(picture.getByLabel("To a pick-up point"));
    await tab.shows("€55.90");
    const held = await heldBy(tab.page);
    for (const text of [ADDRESS["Street and number"], ADDRESS.Town])
      assert.equal(held.includes(text), false, `“${text}” is masked once it stands there`);
  });

  await t.test("on the payment page control ends, with words on both sides", async () => {
    await hands.clicks(picture.getByRole("button", { name: "Continue to payment" }));
    await there.waitForURL(/\/en\/payment$/);
    await tab.says("Control ended: this page may only be seen");
    await shared.bannerSays("Camille sees this page");
    await tab.shows("Card number");
    assert.equal(await tab.button("take").getAttribute("aria-disabled"), "true");
    assert.equal(
      await tab.button("take").getAttribute("title"),
      "This page may only be seen: it is the visitor’s own.",
    );
    await tab.clicks(picture.getByLabel("Card number"));
    assert.equal(await tab.page.getByLabel("Text for the visitor’s field").count(), 0);
  });

  await t.test("the visitor types the card, and nobody else has it", async () => {
    await there.getByLabel("Name on the card").fill("OMAR ZEPHYRIN HADDAD");
    await there.getByLabel("Card number").pressSequentially(CARD.replaceAll(" ", ""));
    assert.equal(await there.getByLabel("Card number").inputValue(), CARD);
    await there.getByLabel("Expiry date").pressSequentially("0931");
    await there.getByLabel("Security code").pressSequentially("737");
    await until(
      async () => (await picture.getByLabel("Card number").inputValue()) === "••••••",
      "the agent sees that something was typed",
    );
    await holdsNothing(desk, tab);
    await there.getByRole("button", { name: "Pay €55.90" }).click();
    await there.waitForURL(/\/en\/thank-you$/);
    await there.getByText("nothing was ordered, nothing was paid").waitFor();
    await tab.shows("Thank you!");
    await until(
      async () => (await picture.locator(".bought-title", { hasText: "Pebble bowl" }).count()) === 1,
      "the agent sees what was bought",
    );
    await holdsNothing(desk, tab);
  });

  await t.test(
    "after Stop each act is a line of the conversation, and the conversation is whole",
    async () => {
      await shared.stops();
      await tab.says("Omar Haddad stopped sharing");
      await tab.page.close();
      for (const words of [
        "Camille asked to see the page",
        "The visitor agreed: Camille drives the page",
        "clicked “See the tableware”",
        /clicked “Bowls/,
        "clicked “Pebble bowl”",
        "clicked “16 cm”",
        /chose in “Quantity/,
        "clicked “Add to cart”",
        "clicked “Check out”",
        "typed in “First name”",
        "typed in “Street and number”",
        "typed in “Postcode”",
        /clicked “To a pick-up point/,
        "clicked “Continue to payment”",
        "Control ended: the next page may only be seen",
        "The visitor stopped sharing the page",
      ])
        await agent.sees(words);
      assert.deepEqual(tab.complaints, []);
      const foreign = tab.asked.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(desk.console));
      assert.deepEqual(foreign, [], "the agent's tab asks our own server only");
      assert.deepEqual(visitor.complaints, []);
    },
  );
});

/** Neither the card nor the address is in the agent's tab, the server's folder or what it logged. */
async function holdsNothing(desk, tab) {
  const secrets = [CARD, CARD.replaceAll(" ", ""), "ZEPHYRIN", ADDRESS["Street and number"], ADDRESS.Town];
  const held = await heldBy(tab.page);
  const logged = desk.server.output.join("\n");
  for (const secret of secrets) {
    assert.equal(held.includes(secret), false, `“${secret}” is in the agent's tab`);
    assert.equal(logged.includes(secret), false, `“${secret}” is in the log`);
  }
  assert.deepEqual(await filesWith(desk.folder, secrets), []);
}

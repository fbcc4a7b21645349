/**
 * What an admin does around the bot's editor: tries the draft at another hour and with nobody there,
 * compares versions and goes back to one, turns what was not understood into an FAQ that answers it,
 * and reads its figures. The editor itself is another journey.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import { Desk } from "./desk.mjs";

/** The admin's page of a part of the demo's bot, with what the journeys do on it. */
async function botPage(desk, part = "", options = {}) {
  const admin = await desk.agent("admin", options);
  const { page } = admin;
  const site = desk.said.site.id;
  const api = `/api/v1/sites/${site}/bot`;
  /** As the console asks it: from its own page. */
  const ask = (path, method = "GET", body = undefined) =>
    page.evaluate(
      async ([address, how, what]) => {
        const answer = await fetch(address, {
          method: how,
          ...(what ? { headers: { "content-type": "application/json" }, body: JSON.stringify(what) } : {}),
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${answer.status} ${text}`);
        return text ? JSON.parse(text) : undefined;
      },
      [`${api}${path}`, method, body],
    );
  /** Changes the draft's structure as another tab would. */
  const edits = async (edit) => {
    const { revision, definition } = await ask("/draft");
    return ask("/draft", "PUT", { revision, definition: edit(definition) });
  };
  const publishes = async (note) => {
    const { revision } = await ask("/draft");
    return ask("/publish", "POST", { revision, note });
  };
  const goes = (to) => page.goto(`${desk.console}/settings/sites/${site}/bot${to}`);
  await goes(part);
  return {
    page,
    ask,
    edits,
    publishes,
    goes,
    button: (name) => page.getByRole("button", { name, exact: true }),
  };
}

async function faults(page) {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.flat().join(" ")}`),
  );
}

test("a draft is tried at another hour and with nobody there, and each answer says why", async (t) => {
  const desk = await Desk.start(t);
  const { page, edits, goes, ask } = await botPage(desk);
  await edits((bot) => ({
    ...bot,
    hours: { days: { mon: ["09:00-18:00"], tue: ["09:00-18:00"] }, closed: [], special: {} },
    faq: [
      ...bot.faq,
      {
        id: "engraving",
        label: { fr: "Gravure", en: "Engraving" },
        questions: {
          fr: ["Pouvez-vous graver des initiales ?"],
          en: ["Can you engrave initials on a mug?", "Do you engrave names?"],
        },
        answer: { fr: "Nous gravons trois lettres au plus.", en: "We engrave up to three letters." },
        buttons: [],
      },
    ],
  }));
  await goes("");
  const talk = page.getByRole("complementary", { name: "Try it" });
  const log = talk.getByRole("log");
  const says = async (text) => {
    await talk.getByLabel("Write as a visitor").fill(text);
    await talk.getByLabel("Write as a visitor").press("Enter");
  };
  await talk.getByLabel("Visitor’s language").selectOption("en");
  await log.getByText("Hello and welcome to Corlieu").waitFor();
  await talk.getByRole("button", { name: "Open", exact: true }).click();

  await says("do you engrave names");
  await log.getByText("We engrave up to three letters.").waitFor();
  await log.getByText("sure of an FAQ").click();
  await log.getByText("answers", { exact: true }).waitFor();

  await t.test(
    "who asks for a person is handed off while the shop is open, else leaves a message",
    async () => {
      await says("I want to talk to an advisor");
      await log.getByText("What is your name?").waitFor();
      await log.getByText("a word that asks for a person").waitFor();
      await talk.getByLabel("People there").selectOption("0");
      await log.getByText("What is your name?").waitFor({ state: "detached" });
      const nobody = await log.textContent();
      await talk.getByLabel("People there").selectOption("1");
      await log.getByText("What is your name?").waitFor();
      await talk.getByRole("button", { name: "Closed", exact: true }).click();
      await log.getByText("What is your name?").waitFor({ state: "detached" });
      assert.match(nobody, /message/i);
    },
  );

  await t.test(
    "what was said is said again to the draft as it is edited, and a test is made of it",
    async () => {
      await talk.getByRole("button", { name: "Now", exact: true }).click();
      await log.getByRole("button", { name: "Make this a test" }).first().click();
      await page.getByRole("dialog").getByLabel("the bot should").waitFor();
      assert.equal(await page.getByRole("dialog").getByLabel("the bot should").inputValue(), "faq:engraving");
      await page.getByRole("button", { name: "Put it into the draft" }).click();
      let tests = [];
      do tests = (await ask("/draft")).definition.tests;
      while (!tests.some((one) => one.expect === "faq:engraving"));
      assert.deepEqual(tests.at(-1).say, ["do you engrave names"]);
    },
  );

  await t.test("started again, the talk is at its beginning", async () => {
    await talk.getByRole("button", { name: "Start again" }).click();
    await log.getByText("do you engrave names").waitFor({ state: "detached" });
    assert.deepEqual(await faults(page), []);
  });
});

test("versions are compared line by line, and an older one goes live again", async (t) => {
  const desk = await Desk.start(t);
  const { page, edits, publishes, goes, ask } = await botPage(desk, "/versions");
  const welcome = (text) => (bot) => ({
    ...bot,
    steps: bot.steps.map((step) =>
      step.id === "welcome" ? { ...step, say: { ...step.say, en: text } } : step,
    ),
  });
  await edits(welcome("Good morning from the second version."));
  await publishes("A warmer welcome");
  await edits(welcome("Not published."));
  await goes("/versions");

  const second = page.getByRole("listitem").filter({ hasText: "A warmer welcome" });
  await second.getByText("This version is live").waitFor();
  const lines = page.getByRole("region", { name: "Line by line" });
  await lines.getByText("Not published.").waitFor();
  await second.getByRole("button", { name: /^What changed/ }).click();
  await lines.getByText("Not published.").waitFor({ state: "detached" });
  await lines.locator("ins", { hasText: "Good morning from the second version." }).waitFor();
  await lines.locator("del", { hasText: "Hello and welcome to Corlieu" }).waitFor();
  assert.match(await lines.locator("ins").first().textContent(), /Added:/);
  assert.deepEqual(await faults(page), []);

  await page.getByRole("button", { name: "Roll back to version 1" }).click();
  const asked = page.getByRole("dialog");
  await asked.getByText(/never published goes/).waitFor();
  await asked.getByRole("button", { name: "Roll back", exact: true }).click();
  await page
    .getByRole("listitem")
    .filter({ hasText: "Version 3" })
    .getByText("This version is live")
    .waitFor();
  const { definition } = await ask("/draft");
  assert.match(definition.steps.find(({ id }) => id === "welcome").say.en, /Hello and welcome to Corlieu/);

  const visitor = await desk.visitor();
  await visitor.opens();
  await visitor.sees("Hello and welcome to Corlieu");
});

test("a text that the bot did not know becomes an FAQ, which answers the next visitor", async (t) => {
  const desk = await Desk.start(t);
  const unknown = "zorbing quagmire xylophone";
  const first = await desk.visitor();
  await first.opens();
  await first.says(unknown);
  await first.sees(unknown);
  const { page, ask, goes } = await botPage(desk, "/not-understood");
  let groups = [];
  do groups = (await ask("/not-understood")).groups;
  while (groups.length === 0);
  await goes("/not-understood");

  const group = page.getByRole("article", { name: unknown });
  await group.getByText("typed once").waitFor();
  assert.deepEqual(await faults(page), []);
  await group.getByRole("button", { name: "New FAQ…" }).click();
  const made = page.getByRole("dialog");
  await made.getByRole("button", { name: "Put it into the draft" }).click();
  await made.getByText("Write the answer.").first().waitFor();
  const english = made.getByRole("group", { name: "English" });
  await english.getByLabel("Name").fill("Zorbing");
  await english.getByLabel("Answer").fill("We lend a xylophone to those who zorb.");
  // The bot speaks French first: what it says to others falls back to it.
  const french = made.getByRole("group", { name: "French" });
  await french.getByLabel("Name").fill("Zorbing");
  await french.getByLabel("Questions").fill("Peut-on emprunter un xylophone ?");
  await french.getByLabel("Answer").fill("Nous prêtons un xylophone.");
  await made.getByRole("button", { name: "Put it into the draft" }).click();
  await page.getByText("New FAQ: Zorbing").first().waitFor();
  await page.getByText(/not published yet/).waitFor();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("Version 2 is live.").first().waitFor();
  await page.getByText(/not published yet/).waitFor({ state: "detached" });

  const next = await desk.visitor();
  await next.opens();
  await next.says(unknown);
  await next.sees("We lend a xylophone to those who zorb.");
});

test("texts are set aside, taken back within a moment, and kept as a test by keys alone", async (t) => {
  const desk = await Desk.start(t);
  const unknown = "zorbing quagmire xylophone";
  const visitor = await desk.visitor();
  await visitor.opens();
  await visitor.says(unknown);
  await visitor.sees(unknown);
  const { page, ask, goes } = await botPage(desk, "/not-understood");
  let groups = [];
  do groups = (await ask("/not-understood")).groups;
  while (groups.length === 0);
  await goes("/not-understood");
  const group = page.getByRole("article", { name: unknown });
  await group.getByRole("button", { name: "Set aside" }).press("Enter");
  await group.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await group.waitFor();

  await group.getByRole("button", { name: "Make a test…" }).press("Enter");
  await page.getByRole("dialog").getByRole("combobox").selectOption("unknown");
  await page.getByRole("button", { name: "Put it into the draft" }).press("Enter");
  await page.getByText("Made a test").first().waitFor();
  const { definition } = await ask("/draft");
  assert.deepEqual(definition.tests.at(-1).say, [unknown]);
});

test("figures tell of a conversation on its day, and their file has the lines of the table", async (t) => {
  const desk = await Desk.start(t);
  const visitor = await desk.visitor();
  await visitor.opens();
  await visitor.chooses("Delivery and returns");
  await visitor.sees("What would you like to know?");
  const { page, ask, goes } = await botPage(desk, "/figures");
  let sum = {};
  do ({ sum } = await ask("/figures"));
  while (sum.conversations === 0);
  await goes("/figures");
  await page.getByRole("img", { name: /1 conversation from/ }).waitFor();
  const rows = page.getByRole("row");
  await rows.filter({ hasText: "Total" }).getByRole("cell").first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download as CSV" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  assert.equal(lines.length, 31);
  assert.match(lines.at(-1), /^\d{4}-\d\d-\d\d,1,1,0,0,0,$/);
  assert.deepEqual(await faults(page), []);

  await page.getByLabel("Period").selectOption({ label: "From … to …" });
  await page.getByLabel("To", { exact: true }).fill("2020-01-01");
  await page.getByText("The second day comes before the first.").waitFor();
});

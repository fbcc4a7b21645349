/**
 * A visitor and the demo's bot: a question with errors, one that may mean several things, a search for
 * products, words that nobody knows; then a person, who sees why, and a rating that is asked once.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";

const NAME = "Omar Haddad";

/** What the visitor is asked after a close. */
function rating(visitor) {
  const { page } = visitor;
  return {
    question: page.getByRole("group", { name: "Did you find what you needed?" }),
    stars: (count) => page.getByRole("radio", { name: new RegExp(`^${count} star`) }),
    comment: page.getByLabel(/^Would you like to add something/),
    send: page.getByRole("button", { name: "Send my rating" }),
    skip: page.getByRole("button", { name: "No, thanks" }),
    thanks: page.getByText("Thank you for your rating."),
  };
}

async function asksForAPerson(visitor) {
  await visitor.chooses("Talk to an advisor");
  await visitor.sees("What is your name?");
  await visitor.says(NAME);
  await visitor.sees("At which e-mail address");
  await visitor.says("omar@example.org");
  await visitor.sees("I am letting the workshop know");
}

test("the bot understands errors, offers what may be meant, finds products and gives way to a person", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor();
  await visitor.opens();

  await visitor.says("my mug arived brokn");
  await visitor.sees("Send the workshop a photo");

  await visitor.says("wash the mug or the lamp");
  await visitor.sees("Is it one of these?");
  await visitor.chooses("Care");
  await visitor.sees("Glazed stoneware is fine in the dishwasher");

  await visitor.says("xylophone qwertz");
  await visitor.sees("I did not understand");
  await visitor.says("zyxwv grmblfx");
  await visitor.sees("I do not have the answer");
  await visitor.log.getByRole("button", { name: "Talk to an advisor" }).last().waitFor();

  await asksForAPerson(visitor);
  await agent.takes(NAME);
  const why = agent.log.getByRole("button", { name: "Why?" });
  await why.nth(1).focus();
  await agent.page.keyboard.press("Enter");
  await agent.sees("One FAQ is near enough");
  await agent.sees("answers");
  assert.equal(await why.nth(1).getAttribute("aria-expanded"), "true");
  assert.doesNotMatch(await agent.log.textContent(), /\d\s?%/, "a score is no percentage");
});

test("products that the bot finds are cards to follow, and the agent sees what was followed", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor();
  await visitor.opens();

  await visitor.chooses("Search for a product");
  await visitor.sees("What are you looking for?");
  await visitor.says("lamp");
  const links = visitor.log.getByRole("link", { name: /^View/ });
  await links.first().waitFor();
  assert.match(await links.first().getAttribute("href"), /\/p\//);
  await links.first().click();
  await visitor.page.waitForURL(/\/p\//);
  await visitor.log.getByRole("link", { name: /^View/ }).first().waitFor();

  await asksForAPerson(visitor);
  await agent.takes(NAME);
  await agent.sees("Opened");
});

test("after the close the visitor rates once, and the agent reads it in History", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor();
  await visitor.opens();
  await asksForAPerson(visitor);
  await agent.takes(NAME);
  await agent.replies("Done.");
  await agent.closesConversation();

  const asked = rating(visitor);
  await asked.question.waitFor();
  await visitor.page.reload();
  await asked.question.waitFor();
  await asked.stars(3).focus();
  await visitor.page.keyboard.press("ArrowRight");
  assert.equal(await asked.stars(4).isChecked(), true);
  await asked.comment.fill("Quick and kind");
  await asked.send.click();
  await asked.thanks.waitFor();
  assert.equal(await asked.question.count(), 0);
  await visitor.page.reload();
  await visitor.composer.click();
  await visitor.log.getByRole("button", { name: "Show the earlier conversation" }).waitFor();
  assert.equal(await asked.question.count(), 0, "asked once");

  await agent.goesTo("history");
  await agent.row(NAME).getByText("Rated 4 of 5").waitFor();
  await agent.opens(NAME);
  await agent.sees("Rated 4 of 5 · Quick and kind");
});

test("who passes the rating over is not asked again in this tab", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor({ width: 390, height: 844, touch: true });
  await visitor.opens();
  await asksForAPerson(visitor);
  await agent.takes(NAME);
  await agent.closesConversation();

  const asked = rating(visitor);
  await asked.question.waitFor();
  await asked.skip.tap();
  await asked.question.waitFor({ state: "detached" });
  await visitor.page.reload();
  await visitor.composer.tap();
  await visitor.log.getByRole("button", { name: "Show the earlier conversation" }).waitFor();
  assert.equal(await asked.question.count(), 0);
});

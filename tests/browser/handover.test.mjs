/** Two agents: one wins the take, a transfer is offered and answered, a close can be undone and is then final. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { asksForAnAdvisor, inConversation } from "./journeys.mjs";

test("two agents open the same waiting conversation: one wins, the other is told by whom", async (t) => {
  const desk = await Desk.start(t);
  const [first, second] = desk.said.people.filter((person) => person.role === "agent");
  const one = await desk.agent(first.name);
  const two = await desk.agent(second.name);
  const visitor = await desk.visitor();
  await asksForAnAdvisor(visitor);
  await one.row("Omar Haddad").waitFor();
  await two.row("Omar Haddad").waitFor();
  // Held before either presses: a press that is on its way counts, though the row has just gone.
  const rows = [one, two].map((agent) => agent.row("Omar Haddad").getByRole("button").elementHandle());
  await Promise.all((await Promise.all(rows)).map((row) => row.evaluate((button) => button.click())));
  const told = (agent) =>
    agent.page
      .getByText(/Already taken by|has already taken/)
      .first()
      .waitFor()
      .then(() => agent);
  const loser = await Promise.race([told(one), told(two)]);
  const winner = loser === one ? two : one;
  await winner.composer.waitFor();
  assert.equal(await loser.composer.isVisible(), false);
  await visitor.page
    .getByText(`You are now with ${winner.person.name.split(" ")[0]}`)
    .first()
    .waitFor();
});

test("a transfer is offered with a note, declined once, then accepted", async (t) => {
  const desk = await Desk.start(t);
  const [giver, taker] = desk.said.people.filter((person) => person.role === "agent");
  const { agent, visitor } = await inConversation(desk, { agent: giver.name });
  const colleague = await desk.agent(taker.name);
  const takerName = taker.name.split(" ")[0];

  const offers = async (note) => {
    await agent.page.getByRole("button", { name: "Transfer", exact: true }).click();
    const dialog = agent.page.getByRole("dialog");
    await dialog.getByRole("radio", { name: new RegExp(takerName) }).check();
    await dialog.getByLabel("Note").fill(note);
    await dialog.getByRole("button", { name: "Offer" }).click();
  };

  await offers("Knows lamps better than I do");
  const offer = colleague.page.getByRole("region", { name: "Transfer offered to you" });
  await offer.getByText("Knows lamps better than I do").waitFor();
  await offer.getByRole("button", { name: "Decline" }).click();
  await agent.sees("Transfer declined");
  await agent.replies("Still with you");
  await visitor.sees("Still with you");

  await offers("Please");
  await offer.getByRole("button", { name: "Accept" }).click();
  await colleague.composer.waitFor();
  await visitor.page
    .getByText(new RegExp(`You are now with ${takerName}`))
    .first()
    .waitFor();
  await visitor.says("Hello again");
  await colleague.sees("Hello again");
  await colleague.replies("I have read everything");
  await visitor.sees("I have read everything");
  assert.equal(
    await visitor.log.getByText("Please", { exact: true }).count(),
    0,
    "the note stays among agents",
  );
});

test("closing can be undone for five seconds, then it is final and stands in History", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  await visitor.says("A very particular word: quincaillerie");
  await agent.sees("quincaillerie");

  await agent.closesConversation();
  await agent.page.getByRole("button", { name: "Undo" }).first().click();
  await agent.replies("Still open");
  await visitor.sees("Still open");

  await agent.closesConversation();
  await visitor.sees("This conversation is closed.");
  await agent.goesTo("history");
  await agent.page.getByLabel("Search History").fill("quincaillerie");
  await agent.page.getByLabel("Search History").press("Enter");
  await agent.opens("Omar Haddad");
  await agent.sees("quincaillerie");

  await visitor.says("One more thing");
  await visitor.sees("Hello and welcome to Corlieu");
  await visitor.chooses("Talk to an advisor");
  await visitor.sees("Thank you Omar Haddad, I am letting the workshop know");
  await agent.takes("Omar Haddad");
  await agent.page.getByRole("heading", { name: "Omar Haddad", level: 1 }).waitFor();
  await visitor.page.getByRole("button", { name: "Show the earlier conversation" }).click();
  await visitor.sees("quincaillerie");
});

test("when the agent's browser is killed the conversation goes back to Waiting after the site's patience", async (t) => {
  const desk = await Desk.start(t);
  const admin = await desk.agent("admin");
  await admin.page.goto(`${desk.console}/settings/sites`);
  await admin.page.getByRole("main").getByRole("link", { name: "Corlieu" }).first().click();
  const patience = admin.page.getByLabel("Seconds until an agent counts as gone");
  await patience.fill("30");
  await admin.page.getByRole("button", { name: "Save" }).first().click();
  await admin.page
    .getByText(/^Saved/)
    .first()
    .waitFor();
  const [gone, other] = desk.said.people.filter((person) => person.role === "agent");
  const { agent, visitor } = await inConversation(desk, { agent: gone.name });
  const colleague = await desk.agent(other.name);

  await agent.context.close();
  await visitor.says("Is anybody there?");
  await visitor.log.getByText("is no longer connected").waitFor({ timeout: 60_000 });
  await colleague
    .row("Omar Haddad")
    .getByText(`Was with ${gone.name.split(" ")[0]}`)
    .waitFor();
  await colleague.takes("Omar Haddad");
  await colleague.sees("Is anybody there?");
  await colleague.replies("I take over");
  await visitor.sees("I take over");
});

test("when the agent signs out the conversation goes back to Waiting, first in line", async (t) => {
  const desk = await Desk.start(t);
  const [gone, other] = desk.said.people.filter((person) => person.role === "agent");
  const { agent, visitor } = await inConversation(desk, { agent: gone.name });
  const colleague = await desk.agent(other.name);
  await agent.page.getByRole("button", { name: /^Account of/ }).click();
  await agent.page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await agent.page.getByLabel("Password").waitFor();
  await colleague
    .row("Omar Haddad")
    .getByText(`Was with ${gone.name.split(" ")[0]}`)
    .waitFor();
  await visitor.sees("is no longer connected");
  await colleague.takes("Omar Haddad");
  await colleague.replies("I take over");
  await visitor.sees("I take over");
});

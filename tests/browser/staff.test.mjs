/** Who may answer: an invitation accepted once, chatbots chosen, an agent disabled, sign-ins that end elsewhere. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Agent } from "./agent.mjs";
import { Desk } from "./desk.mjs";
import { asksForAnAdvisor, inConversation } from "./journeys.mjs";

const phrase = "a long and odd phrase";

async function addsSite(admin, name) {
  const { page } = admin;
  await page.goto(`${admin.desk.console}/settings/sites/new`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  const create = page.getByRole("button", { name: "Add the site" });
  for (const wrong of ["shop.example/fr", "https://*.shop.example"]) {
    await page.getByLabel("Allowed origins").fill(wrong);
    await create.click();
    await page.getByRole("alert").getByText(wrong, { exact: false }).waitFor();
  }
  await page.getByLabel("Allowed origins").fill("https://second.example");
  await create.click();
  await page.getByText("data-site=").first().waitFor();
}

async function invites(admin, name, email) {
  const { page } = admin;
  await page.getByRole("link", { name: "Agents" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Make an invitation link" }).click();
  const link = page.getByText(/\/invitation\?token=/);
  await link.waitFor();
  return link.textContent();
}

async function chooses(agent, ticks) {
  const { page, desk } = agent;
  await page.goto(`${desk.console}/inbox/chatbots`);
  for (const [site, on] of Object.entries(ticks)) {
    await page.getByRole("checkbox", { name: site }).setChecked(on);
  }
  await page.getByRole("button", { name: "Start", exact: true }).click();
}

test("an invited agent joins once, answers the chosen chatbots, and is out at once when disabled", async (t) => {
  const desk = await Desk.start(t);
  const admin = await desk.agent("admin");
  await addsSite(admin, "Second shop");
  const link = await invites(admin, "Nina Roux", "nina@example.org");

  const context = await desk.context();
  const page = await context.newPage();
  const nina = new Agent(desk, context, page, {}, "en");
  await t.test("the link makes an account once", async () => {
    await page.goto(link);
    await page.getByText("You will answer the visitors of").waitFor();
    await page.getByLabel("Password").fill(phrase);
    await page.getByRole("button", { name: "Join" }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await nina.tab("waiting").waitFor();
    const late = await (await desk.context()).newPage();
    await late.goto(link);
    await late.getByText("This link was already used or is too old").waitFor();
  });

  const visitor = await desk.visitor();
  await t.test("lists and counts follow the chatbots on duty", async () => {
    await asksForAnAdvisor(visitor);
    await nina.row("Omar Haddad").waitFor();
    await chooses(nina, { Corlieu: false, "Second shop": true });
    await page.getByRole("tab", { name: /^Waiting\s*0/ }).waitFor();
    await page.getByText("Nobody is waiting").waitFor();
    await chooses(nina, { Corlieu: true });
    await page.getByRole("tab", { name: /^Waiting\s*1/ }).waitFor();
    await nina.takes("Omar Haddad");
  });

  await t.test("disabled, the agent is signed out and the visitor goes back to the line", async () => {
    await admin.page.goto(`${desk.console}/settings/agents`);
    const person = admin.page.getByRole("listitem").filter({ hasText: "Nina Roux" });
    await person.getByRole("button", { name: "Disable" }).click();
    await page.getByLabel("Password").waitFor();
    await visitor.sees("is no longer connected");
    await page.getByLabel("E-mail").fill("nina@example.org");
    await page.getByLabel("Password").fill(phrase);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("E-mail or password is wrong.").waitFor();
  });
});

test("sign-out everywhere empties the other browser too, with the drafts in it", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  await agent.composer.fill("Not for the next person");
  const elsewhere = await desk.agent("Camille");
  await elsewhere.page.getByRole("button", { name: /^Account of/ }).click();
  await elsewhere.page.getByRole("menuitem", { name: "Sign out everywhere" }).click();
  await elsewhere.page.getByLabel("Password").waitFor();
  await agent.page.getByLabel("Password").waitFor();
  const kept = await agent.page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  assert.doesNotMatch(kept, /Not for the next person/);
  await visitor.sees("is no longer connected");
});

test("what an agent chooses in one tab holds in their other tab", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  const page = await agent.context.newPage();
  const second = new Agent(desk, agent.context, page, agent.person, "en");
  await page.goto(`${desk.console}/inbox/in-progress`);
  await second.tab("inProgress").click();
  await second.opens("Omar Haddad");
  await second.replies("From the second tab");
  await agent.sees("From the second tab");
  await visitor.sees("From the second tab");
  await agent.page.getByRole("button", { name: "Your presence: Available" }).click();
  await agent.page.getByRole("menuitemradio", { name: /^Busy/ }).click();
  await page.getByRole("button", { name: "Your presence: Busy" }).waitFor();
});

test("an advisor is offered only while somebody is on duty", async (t) => {
  const desk = await Desk.start(t);
  const offers = async (label) => {
    const visitor = await desk.visitor();
    await visitor.opens();
    await visitor.log.getByRole("button", { name: label }).waitFor();
    return visitor;
  };
  const early = await offers("Leave a message");
  assert.equal(await early.log.getByRole("button", { name: "Talk to an advisor" }).count(), 0);
  const agent = await desk.agent("Camille");
  await offers("Talk to an advisor");
  await agent.page.getByRole("button", { name: /^Your presence/ }).click();
  await agent.page.getByRole("menuitemradio", { name: /^Away/ }).click();
  await agent.page.getByRole("button", { name: "Your presence: Away" }).waitFor();
  const late = await offers("Leave a message");
  assert.equal(await late.log.getByRole("button", { name: "Talk to an advisor" }).count(), 0);
});

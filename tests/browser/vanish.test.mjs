/** An offer that comes to nothing, and an agent who vanishes: the visitor is never left with nobody. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";

async function offers(agent, to) {
  await agent.page.getByRole("button", { name: "Transfer", exact: true }).click();
  const dialog = agent.page.getByRole("dialog");
  await dialog.getByRole("radio", { name: new RegExp(to) }).check();
  await dialog.getByRole("button", { name: "Offer" }).click();
  await agent.page.getByText(`Offered to ${to}, waiting for the answer`).first().waitFor();
}

test("an offer can be withdrawn, and ends by itself when its target signs out", async (t) => {
  const desk = await Desk.start(t);
  const noor = await desk.agent("Noor");
  const { agent, visitor } = await inConversation(desk);
  const offered = noor.page.getByRole("region", { name: "Transfer offered to you" });

  await offers(agent, "Noor");
  await offered.waitFor();
  await agent.page.getByRole("button", { name: "Withdraw" }).click();
  await agent.sees("Transfer withdrawn");
  await offered.waitFor({ state: "detached" });

  await offers(agent, "Noor");
  await offered.waitFor();
  await noor.page.getByRole("button", { name: /^Account of/ }).click();
  await noor.page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await agent.sees("the colleague is no longer there");
  await agent.replies("I stay with you");
  await visitor.sees("I stay with you");
  assert.equal(await visitor.log.getByText(/Transfer/).count(), 0, "offers stay among agents");
});

test("when an agent's browser is killed the conversation goes back after the site's setting", async (t) => {
  const desk = await Desk.start(t);
  const admin = await desk.agent("admin");
  await admin.page.goto(`${desk.console}/settings/sites`);
  await admin.page.getByRole("main").getByRole("link", { name: "Corlieu" }).first().click();
  await admin.page.getByLabel("Seconds until an agent counts as gone").fill("30");
  await admin.page.getByRole("button", { name: "Save" }).click();
  await admin.page.getByText("Saved.").first().waitFor();

  const { agent, visitor } = await inConversation(desk);
  const noor = await desk.agent("Noor");
  await agent.context.close();
  const row = noor.row("Omar Haddad");
  await row.getByText("Was with Camille").waitFor({ timeout: 60_000 });
  await visitor.sees("is no longer connected");
  await noor.takes("Omar Haddad");
  await noor.replies("I have read it all");
  await visitor.sees("I have read it all");
});

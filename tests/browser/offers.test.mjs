/** An offer that comes to nothing: the visitor is never left with nobody. */
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

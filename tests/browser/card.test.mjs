/** An agent finds a product while typing, sends it, and learns that it was seen and opened; also on a phone. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";

test("an agent recommends a product and learns that the visitor opened it", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk, { lang: "fr", path: "/fr/" });

  await agent.recommends("mug maree", "Mug Marée");
  const card = visitor.log.getByText("Mug Marée").last();
  await card.waitFor();
  await visitor.sees("24,00");
  await agent.sees("Seen");

  const link = visitor.log.getByRole("link", { name: /^Voir/ }).last();
  const href = await link.getAttribute("href");
  assert.match(href, /\/fr\/p\//);
  await link.click();
  await agent.sees("Opened");
});

test("on a phone the card leads to the product, the panel makes room, one tap brings the chat back", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk, { lang: "fr", width: 390, height: 844, touch: true });
  await agent.recommends("mug maree", "Mug Marée");
  const link = visitor.log.getByRole("link", { name: /^Voir/ }).last();
  await link.waitFor();
  const [page] = await Promise.all([
    Promise.race([
      visitor.page.waitForURL(/\/p\//).then(() => visitor.page),
      visitor.context.waitForEvent("page").then((opened) => opened),
    ]),
    link.tap(),
  ]);
  visitor.page = page;
  await visitor.launcher.waitFor();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  assert.equal(await visitor.log.isVisible(), false, "the panel makes room for the product");
  await agent.replies("Il vous plaît ?");
  await page.getByRole("button", { name: /1 message non lu/ }).waitFor();
  await visitor.launcher.tap();
  await visitor.sees("Il vous plaît ?");
});

test("# in the composer finds a product by keys alone", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  await agent.composer.focus();
  await agent.page.keyboard.type("#lampe");
  await agent.page.getByRole("option").first().waitFor();
  await agent.page.keyboard.press("Enter");
  await visitor.log.getByRole("link", { name: /^View/ }).last().waitFor();
});

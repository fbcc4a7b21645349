/** Nobody is on duty: a message can be left, it reaches the console with the address, and a conversation can come of it. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";

test("with nobody on duty a message is left, and reaches the console with the address", async (t) => {
  const desk = await Desk.start(t);
  const visitor = await desk.visitor({ lang: "fr" });

  await visitor.opens();
  await visitor.sees("Bonjour et bienvenue");
  assert.equal(
    await visitor.log.getByRole("button", { name: "Parler à un conseiller" }).count(),
    0,
    "no advisor is offered while none is there",
  );
  await visitor.chooses("Laisser un message");
  await visitor.sees("Écrivez votre message");
  await visitor.says("Ma théière est arrivée cassée.");
  await visitor.sees("Comment vous appelez-vous");
  await visitor.says("Jeanne Petit");
  await visitor.sees("À quelle adresse");
  await visitor.says("jeanne@example.org");
  await visitor.sees("La réponse partira vers jeanne@example.org");
  await visitor.page.getByText("Message enregistré", { exact: true }).waitFor();
  assert.equal(
    await visitor.page.getByText("En attente d’un conseiller").count(),
    0,
    "somebody who left a message is not kept waiting",
  );

  const agent = await desk.agent("Camille", { lang: "fr" });
  await agent.row("Jeanne Petit").getByText("Message laissé").waitFor();
  await agent.takes("Jeanne Petit");
  await agent.sees("Ma théière est arrivée cassée.");
  await agent.page.getByRole("link", { name: "jeanne@example.org" }).first().waitFor();
  await agent.replies("Bonjour Jeanne, nous vous en envoyons une autre.");
  await visitor.sees("nous vous en envoyons une autre");
  await visitor.says("Merci !");
  await agent.sees("Merci !");
});

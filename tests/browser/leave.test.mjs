/** Nobody is on duty: a message can be left, it reaches the console with the address, and a conversation can come of it. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { asksForAnAdvisor } from "./journeys.mjs";

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

test("when everybody leaves while a visitor waits, the visitor is told and is answered later", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor({ lang: "fr", width: 390, height: 844, touch: true });
  await asksForAnAdvisor(visitor, "Jeanne Petit");
  await visitor.sees("C’est bientôt à vous");
  await agent.context.close();
  await visitor.sees("Personne n’est disponible pour l’instant");
  assert.equal(await visitor.log.getByText("C’est bientôt à vous").count(), 0, "no turn is promised");

  const back = await desk.agent("Camille");
  await visitor.sees("C’est bientôt à vous");
  await back.takes("Jeanne Petit");
  await back.replies("Me voici");
  await visitor.sees("Me voici");
});

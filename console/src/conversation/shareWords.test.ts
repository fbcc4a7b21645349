/** A share's steps and acts are one sentence each, in both languages. */
import { beforeAll, expect, test } from "vitest";
import { learn, speak } from "../words";
import { sharingWords } from "../words/sharing";
import { shareActs, shareStep } from "./shareWords";

const camille = { id: "a1", first_name: "Camille" };

beforeAll(() => {
  globalThis.document ??= { documentElement: {} } as Document;
});

test("in French", async () => {
  await learn(sharingWords);
  await speak("fr");
  expect(shareStep({ type: "agreed", to: camille, level: "control" })).toBe(
    "Le visiteur a accepté\u00a0: Camille pilote la page",
  );
  expect(shareStep({ type: "not_agreed", to: camille, level: "see", why: "timed_out" })).toBe(
    "La page n’est pas partagée\u00a0: pas de réponse à temps",
  );
  expect(
    shareActs(camille, [
      { kind: "clicked", label: "Ajouter au panier" },
      { kind: "typed", label: "" },
    ]),
  ).toBe(
    "Camille sur la page du visiteur\u00a0: a cliqué «\u00a0Ajouter au panier\u00a0» et a saisi dans un champ",
  );
});

test("in English", async () => {
  await speak("en");
  expect(shareStep({ type: "control_ended", agent: camille, reason: "taken_back" })).toBe(
    "The visitor took control back",
  );
  expect(shareActs(camille, [{ kind: "went", label: "/cart" }])).toBe(
    "Camille on the visitor’s page: went to “/cart”",
  );
});

/** Every language has every sentence, with the same values in it. */
import { expect, test } from "vitest";
import { differences, type Phrase } from "../shared";
import en from "./en.json";
import fr from "./fr.json";

test("French has every sentence that English has, with the same placeholders", () => {
  expect(differences(en as Record<string, Phrase>, fr as Record<string, Phrase>)).toEqual([]);
});

test("the labels that the tutorial's users look for are there word for word", () => {
  expect(fr).toMatchObject({
    tab_waiting: "En attente",
    tab_in_progress: "En cours",
    tab_history: "Historique",
    notice_taken: "Conversation prise en charge",
    already_taken_by: "Déjà prise en charge par {name}",
    visitor: "Informations client",
    pages: "Pages visitées",
    documents: "Documents échangés",
    products: "Produits",
    recommend: "Recommander",
    transfer: "Transférer",
    close: "Fermer",
    close_conversation: "Fermer la conversation",
    reply: "Répondre",
    internal_note: "Note interne",
    presence_available: "Disponible",
    presence_busy: "Occupé",
    presence_away: "Absent",
  });
});

test("no French sentence was left in English by mistake", () => {
  const same = Object.keys(en).filter(
    (key) => JSON.stringify(en[key as never]) === JSON.stringify(fr[key as never]),
  );
  // Words that both languages share.
  const shared =
    "bot conversations document duty_count duty_legend email emoji mark_test mark_with seconds transfer_load transfer_note";
  expect(same.sort().join(" ")).toBe(shared);
});

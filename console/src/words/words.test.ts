/** Every language has every sentence, with the same values in it. */
import { expect, test } from "vitest";
import { differences, type Phrase } from "../shared";
import botEn from "./bot.en.json";
import botFr from "./bot.fr.json";
import en from "./en.json";
import entryEn from "./entry.en.json";
import entryFr from "./entry.fr.json";
import figuresEn from "./figures.en.json";
import figuresFr from "./figures.fr.json";
import fr from "./fr.json";
import previewEn from "./preview.en.json";
import previewFr from "./preview.fr.json";
import productsEn from "./products.en.json";
import productsFr from "./products.fr.json";
import settingsEn from "./settings.en.json";
import settingsFr from "./settings.fr.json";
import sharingEn from "./sharing.en.json";
import sharingFr from "./sharing.fr.json";
import tryEn from "./try.en.json";
import tryFr from "./try.fr.json";

const english: Record<string, Phrase> = {
  ...en,
  ...productsEn,
  ...settingsEn,
  ...sharingEn,
  ...previewEn,
  ...figuresEn,
  ...tryEn,
  ...botEn,
  ...entryEn,
};
const french: Record<string, Phrase> = {
  ...fr,
  ...productsFr,
  ...settingsFr,
  ...sharingFr,
  ...previewFr,
  ...figuresFr,
  ...tryFr,
  ...botFr,
  ...entryFr,
};

test("French has every sentence that English has, with the same placeholders", () => {
  expect(differences(english, french)).toEqual([]);
});

test("the labels that the tutorial's users look for are there word for word", () => {
  expect(french).toMatchObject({
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
    share_page: "Partage d’écran",
    shared_page: "Page partagée",
    share_point: "Indiquer",
    share_take_control: "Prendre le contrôle…",
    share_give_back: "Rendre le contrôle",
    share_stop: "Arrêter le partage",
  });
});

test("no French line breaks before its punctuation", () => {
  const loose = Object.entries(french).filter(([, words]) => / [:;?!»]|« /.test(JSON.stringify(words)));
  expect(loose.map(([key]) => key)).toEqual([]);
});

test("no sentence stands in two files", () => {
  const files: object[] = [
    en,
    productsEn,
    settingsEn,
    sharingEn,
    previewEn,
    figuresEn,
    tryEn,
    botEn,
    entryEn,
  ];
  const names = files.flatMap((file) => Object.keys(file));
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});

test("no French sentence was left in English by mistake", () => {
  const same = Object.keys(english).filter(
    (key) => JSON.stringify(english[key]) === JSON.stringify(french[key]),
  );
  // Words that both languages share.
  const shared =
    "accent_sample agent_sites bot bot_question bot_rating_ask bot_tab_faq bot_tab_tests bot_tab_toml bot_versions " +
    "conversations document duty_count duty_legend email emoji field_description figures_conversations " +
    "figures_sum gaps_new_questions mark_test mark_with seconds sites suggestions sure_certain " +
    "transfer_load transfer_note usage_faq versions versions_number";
  expect(same.sort().join(" ")).toBe(shared);
});

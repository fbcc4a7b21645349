/** What a click on "Not understood" makes of a definition. */
import { expect, test } from "vitest";
import {
  faqName,
  fitsAsQuestion,
  freeId,
  knownTexts,
  labelFrom,
  ranked,
  room,
  spoken,
  withFaq,
  withQuestions,
  withTest,
} from "./edits";
import { definitionOf, faqOf } from "./fixtures";

const delay = faqOf("delai", "Délai de livraison", ["Quand arrive mon colis ?"]);
const returns = faqOf("retours", "Retours", ["Puis-je renvoyer un article ?"]);
const bot = definitionOf([delay, returns]);

test("questions are added to their FAQ alone, each once, whatever its case, accents and marks", () => {
  const edited = withQuestions("delai", "fr", [
    "mon colis arrive quand",
    "quand arrive mon colis",
    " MON COLIS ARRIVE QUAND ? ",
  ])(bot);
  expect(edited.faq[0]?.questions["fr"]).toEqual(["Quand arrive mon colis ?", "mon colis arrive quand"]);
  expect(edited.faq[1]).toBe(returns);
  expect(bot.faq[0]?.questions["fr"]).toHaveLength(1);
});

test("a question in another language of the bot goes under that language", () => {
  const edited = withQuestions("delai", "en", ["where is my parcel"])(bot);
  expect(edited.faq[0]?.questions).toEqual({ fr: ["Quand arrive mon colis ?"], en: ["where is my parcel"] });
});

test("a new FAQ gets an id that is free and that the format takes", () => {
  const edited = withFaq([{ lang: "fr", label: "Retours", questions: ["a?b", "c d e"], answer: " Oui. " }])(
    bot,
  );
  expect(edited.faq.at(-1)).toEqual({
    id: "retours_2",
    label: { fr: "Retours" },
    questions: { fr: ["a?b", "c d e"] },
    answer: { fr: "Oui." },
    buttons: [],
  });
  for (const label of ["", "7 jours", "¿?", "Ça marche ?", "x".repeat(90), "مرحبا", "_ _"])
    expect(freeId(label, ["faq"])).toMatch(/^[a-z][a-z0-9_]{0,31}$/);
  expect(freeId("7 jours", [])).toBe("jours");
});

test("a new FAQ asked about in another language is said in the bot's first one, too", () => {
  const english = { lang: "en", label: "Norway", questions: ["do you ship to norway"], answer: "Yes." };
  const french = { lang: "fr", label: "Norvège", questions: ["livrez-vous en Norvège ?"], answer: "Oui." };
  expect(withFaq([english, french])(bot).faq.at(-1)).toEqual({
    id: "norway",
    label: { en: "Norway", fr: "Norvège" },
    questions: { en: ["do you ship to norway"], fr: ["livrez-vous en Norvège ?"] },
    answer: { en: "Yes.", fr: "Oui." },
    buttons: [],
  });
});

test("a test names its language only where it is not the first", () => {
  const made = { say: ["bonjour"], expect: "unknown" };
  expect(withTest({ ...made, lang: "fr" })(bot).tests).toEqual([made]);
  expect(withTest({ ...made, lang: "en" })(bot).tests).toEqual([{ ...made, lang: "en" }]);
});

test("what is a question or a test already is known", () => {
  const known = knownTexts(withTest({ say: ["une robe", "Rouge !"], expect: "unknown" })(bot));
  expect([...known].sort()).toEqual(["puis je renvoyer un article", "quand arrive mon colis", "rouge"]);
  expect(knownTexts(undefined).size).toBe(0);
});

test("texts too short or too long for a question are told apart", () => {
  expect(fitsAsQuestion("ok")).toBe(false);
  expect(fitsAsQuestion("oui")).toBe(true);
  expect(fitsAsQuestion("é".repeat(200))).toBe(true);
  expect(fitsAsQuestion("é".repeat(201))).toBe(false);
  expect(room(delay, "fr")).toBe(29);
  expect(room(delay, "en")).toBe(30);
});

test("a label is what was typed, cut between words where it is too long", () => {
  expect(labelFrom("  livrez-vous   en Suisse ?")).toBe("Livrez-vous en Suisse ?");
  const label = labelFrom("je voudrais savoir si vous livrez aussi en Suisse et à quel prix");
  expect(label).toBe("Je voudrais savoir si vous livrez…");
});

test("the nearest FAQ is offered first, then those that share words, then the others in their order", () => {
  const other = faqOf("autre", "Autre", ["Rien à voir"]);
  const three = definitionOf([other, delay, returns]);
  expect(ranked(three, "renvoyer mes articles", "delai").map(({ id }) => id)).toEqual([
    "delai",
    "retours",
    "autre",
  ]);
  expect(ranked(three, "xyz", undefined).map(({ id }) => id)).toEqual(["autre", "delai", "retours"]);
});

test("an FAQ is called by its label, and else by what it has", () => {
  expect(faqName(delay, "en", bot)).toBe("Délai de livraison");
  expect(faqName({ ...delay, label: {} }, "fr", bot)).toBe("Quand arrive mon colis ?");
  expect(faqName({ ...delay, label: {}, questions: {} }, "fr", bot)).toBe("delai");
});

test("a visitor's language that the bot does not speak falls back to its first", () => {
  expect(spoken(bot, "en")).toBe("en");
  expect(spoken(bot, "fr-CH")).toBe("fr");
  expect(spoken(bot, "de")).toBe("fr");
});

/**
 * What one click on "Not understood" changes in a bot's definition: questions for an FAQ, a new FAQ, a
 * test. Pure; each edit gives a new definition and leaves out what is there already.
 */
import type { BotDefinition, FaqDefinition, TestDefinition } from "../../shared";

/** Of the format: a question's characters, questions an FAQ and language, a label's characters. */
export const QUESTION_CHARS_MIN = 3;
export const QUESTION_CHARS_MAX = 200;
export const QUESTIONS_MAX = 30;
export const LABEL_CHARS_MAX = 40;
export const ANSWER_CHARS_MAX = 2_000;
const ID_CHARS_MAX = 32;

export type Edit = (definition: BotDefinition) => BotDefinition;

/** What a new FAQ says in one language. */
export interface NewFaqDraft {
  lang: string;
  label: string;
  questions: readonly string[];
  answer: string;
}

/** As the bot compares: lower case, no accents, no punctuation. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Whether a visitor's text may stand as an example question as it is. */
export function fitsAsQuestion(text: string): boolean {
  const characters = [...text.trim()].length;
  return characters >= QUESTION_CHARS_MIN && characters <= QUESTION_CHARS_MAX;
}

/** Everything that the definition already has as a question or a test, folded. */
export function knownTexts(definition: BotDefinition | undefined): ReadonlySet<string> {
  const questions = (definition?.faq ?? []).flatMap((faq) => Object.values(faq.questions).flat());
  const tested = (definition?.tests ?? []).flatMap((one) => one.say.slice(-1));
  return new Set([...questions, ...tested].map(folded));
}

export function withQuestions(faq: string, lang: string, texts: readonly string[]): Edit {
  return (definition) => ({
    ...definition,
    faq: definition.faq.map((one) => (one.id === faq ? asking(one, lang, texts) : one)),
  });
}

function asking(faq: FaqDefinition, lang: string, texts: readonly string[]): FaqDefinition {
  const there = faq.questions[lang] ?? [];
  return { ...faq, questions: { ...faq.questions, [lang]: [...there, ...fresh(there, texts)] } };
}

/** Those that no question says already, each once. */
function fresh(there: readonly string[], texts: readonly string[]): string[] {
  const seen = new Set(there.map(folded));
  const out: string[] = [];
  for (const text of texts.map((one) => one.trim())) {
    if (seen.has(folded(text))) continue;
    seen.add(folded(text));
    out.push(text);
  }
  return out;
}

/** How many questions an FAQ can still take in a language. */
export function room(faq: FaqDefinition, lang: string): number {
  return QUESTIONS_MAX - (faq.questions[lang]?.length ?? 0);
}

/** One FAQ, said in each of these languages; its id comes from the first label. */
export function withFaq(drafts: readonly NewFaqDraft[]): Edit {
  const by = <Value>(of: (draft: NewFaqDraft) => Value) =>
    Object.fromEntries(drafts.map((draft) => [draft.lang, of(draft)]));
  return (definition) => {
    const taken = definition.faq.map((one) => one.id);
    const made: FaqDefinition = {
      id: freeId(drafts[0]?.label ?? "", taken),
      label: by((draft) => draft.label.trim()),
      questions: by((draft) => fresh([], draft.questions)),
      answer: by((draft) => draft.answer.trim()),
      buttons: [],
    };
    return { ...definition, faq: [...definition.faq, made] };
  };
}

export function withTest(made: TestDefinition): Edit {
  const { lang, ...rest } = made;
  // The first language is meant where none is said.
  return (definition) => ({
    ...definition,
    tests: [
      ...definition.tests,
      lang === undefined || lang === definition.languages[0] ? rest : { ...rest, lang },
    ],
  });
}

/** An id as the format wants it, from words for people: `Délai de livraison` is `delai_de_livraison`. */
export function freeId(label: string, taken: readonly string[]): string {
  const words = folded(label)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "");
  const base = (words || "faq").slice(0, ID_CHARS_MAX - 4).replace(/_+$/, "");
  if (!taken.includes(base)) return base;
  for (let count = 2; ; count++) {
    const numbered = `${base}_${count}`;
    if (!taken.includes(numbered)) return numbered;
  }
}

/** A label for a new FAQ from what was typed, cut between words. */
export function labelFrom(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  const capital = line.charAt(0).toLocaleUpperCase() + line.slice(1);
  const characters = [...capital];
  if (characters.length <= LABEL_CHARS_MAX) return capital;
  const cut = characters.slice(0, LABEL_CHARS_MAX - 1).join("");
  return `${cut.replace(/\s+\S*$/, "")}…`;
}

/** What an FAQ is called: its label, its first question, its id. */
export function faqName(faq: FaqDefinition, lang: string, definition: BotDefinition): string {
  const first = definition.languages[0] ?? lang;
  return (
    faq.label[lang] || faq.label[first] || faq.questions[lang]?.[0] || faq.questions[first]?.[0] || faq.id
  );
}

/** The language that texts are added under: one that the bot speaks, else its first. */
export function spoken(definition: BotDefinition, lang: string): string {
  const primary = lang.split("-", 1)[0] ?? lang;
  return (
    definition.languages.find((one) => one === lang || one === primary) ?? definition.languages[0] ?? lang
  );
}

/** FAQs to choose from: the nearest first, then by words in common with the text, then in their order. */
export function ranked(
  definition: BotDefinition,
  text: string,
  nearest: string | undefined,
): FaqDefinition[] {
  const asked = wordsOf(text);
  const score = (faq: FaqDefinition) => {
    if (faq.id === nearest) return Number.POSITIVE_INFINITY;
    const said = wordsOf([...Object.values(faq.label), ...Object.values(faq.questions).flat()].join(" "));
    return [...asked].filter((word) => said.has(word)).length;
  };
  return definition.faq
    .map((faq, place) => ({ faq, place, score: score(faq) }))
    .sort((a, b) => (a.score === b.score ? a.place - b.place : b.score - a.score))
    .map((one) => one.faq);
}

/** Beginnings of words long enough to mean something: endings differ too much to be compared. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = folded(text).split(" ");
  return new Set(words.filter((word) => word.length > 3).map((word) => word.slice(0, 6)));
}

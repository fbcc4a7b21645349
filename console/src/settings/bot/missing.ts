/**
 * Texts of several languages: where one is missing, and what adding or taking away a language does.
 *
 * Pure. A text counts as missing in a language where the default language has it: the default's own
 * holes are problems that the server names.
 */
import type { BotDefinition } from "../../shared";

/** Keys whose value is texts by language, and those whose value is lists of them. */
const WORDS: ReadonlySet<string> = new Set([
  "name",
  "notice",
  "ask",
  "label",
  "error",
  "skip",
  "say",
  "query",
  "answer",
  "suggest",
  "none_of_these",
  "unknown",
  "hello",
  "thanks",
  "file",
  "none",
  "again",
  "offer",
  "waiting",
  "still_waiting",
  "done",
]);
const LISTS: ReadonlySet<string> = new Set(["questions", "keywords"]);

type ByLanguage = Record<string, unknown>;

function isWords(key: string, value: unknown): value is ByLanguage {
  return isTable(value) && (WORDS.has(key) || LISTS.has(key));
}

function isTable(value: unknown): value is ByLanguage {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Pointers of the texts that the default language has and this one has not. */
export function missingIn(definition: BotDefinition, lang: string): string[] {
  const standard = definition.languages[0] ?? "";
  const found: string[] = [];
  if (lang === standard) return found;
  const look = (words: ByLanguage, at: string) => {
    if (isFull(words[standard]) && !isFull(words[lang])) found.push(at);
  };
  const walk = (node: unknown, at: string) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      const here = `${at}/${key}`;
      if (isWords(key, value)) look(value, here);
      else if (key === "options" && Array.isArray(value))
        for (const [place, option] of value.entries()) look(option, `${here}/${place}`);
      else walk(value, here);
    }
  };
  walk(definition, "");
  return found;
}

function isFull(value: unknown): boolean {
  return Array.isArray(value) ? value.some((one) => one !== "") : typeof value === "string" && value !== "";
}

/** A language less, with all its texts. The default stays. */
export function withoutLanguage(definition: BotDefinition, lang: string): BotDefinition {
  if (definition.languages[0] === lang) return definition;
  const strip = (node: unknown, key: string): unknown => {
    if (Array.isArray(node))
      return node.map((one) => (key === "options" ? without(one, lang) : strip(one, "")));
    if (!isTable(node)) return node;
    if (isWords(key, node)) return without(node, lang);
    return Object.fromEntries(Object.entries(node).map(([inner, value]) => [inner, strip(value, inner)]));
  };
  const stripped = strip(definition, "") as BotDefinition;
  return { ...stripped, languages: definition.languages.filter((code) => code !== lang) };
}

function without(words: ByLanguage, lang: string): ByLanguage {
  return Object.fromEntries(Object.entries(words).filter(([code]) => code !== lang));
}

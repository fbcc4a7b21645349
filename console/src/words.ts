/**
 * The console's own words: which language, and `t()` in it.
 *
 * `t()` reads a signal, so whatever was drawn with it is drawn again when the language changes.
 * Each language is one chunk, fetched when it is spoken.
 */
import { signal } from "@preact/signals";
import { type Dictionary, type Params, type SharedKey, type Translate, translator } from "./shared";
import type en from "./words/en.json";

export type Key = keyof typeof en | SharedKey;
export type Lang = "en" | "fr";

export const languages: readonly Lang[] = ["fr", "en"];

/** Written in its own language, so that whoever needs it can read it. */
export const languageNames: Record<Lang, string> = { fr: "Français", en: "English" };

const CHOSEN = "comptoir.lang";

export const lang = signal<Lang>("en");
const words = signal<Translate<Key>>((key) => key);

export const t: Translate<Key> = (key: Key, params?: Params) => words.value(key, params);

/** The language chosen here before, else the browser's first that we speak. */
export function preferredLanguage(): Lang {
  const asked = [localStorage.getItem(CHOSEN) ?? "", ...navigator.languages];
  for (const one of asked) {
    const primary = one.slice(0, 2).toLowerCase();
    const known = languages.find((each) => each === primary);
    if (known) return known;
  }
  return "en";
}

export async function speak(chosen: Lang): Promise<void> {
  const dictionary: Dictionary<Key> = chosen === "fr" ? await french() : await english();
  words.value = translator(chosen, dictionary);
  lang.value = chosen;
  document.documentElement.lang = chosen;
}

export async function chooseLanguage(chosen: Lang): Promise<void> {
  localStorage.setItem(CHOSEN, chosen);
  await speak(chosen);
}

async function english(): Promise<Dictionary<Key>> {
  return (await import("./words/english")).words;
}

async function french(): Promise<Dictionary<Key>> {
  return (await import("./words/french")).words;
}

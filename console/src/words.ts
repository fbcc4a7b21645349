/**
 * The console's own words: which language, and `t()` in it.
 *
 * `t()` reads a signal, so whatever was drawn with it is drawn again when the language changes.
 * Each language is one chunk a part of the console: the settings' words come with the settings,
 * those for products and for shared pages with the first conversation, those of the preview and of the bot's editor with them.
 */
import { signal } from "@preact/signals";
import { type Dictionary, type Params, type SharedKey, type Translate, translator } from "./shared";
import type botEn from "./words/bot.en.json";
import type en from "./words/en.json";
import type entryEn from "./words/entry.en.json";
import type figuresEn from "./words/figures.en.json";
import type previewEn from "./words/preview.en.json";
import type productsEn from "./words/products.en.json";
import type settingsEn from "./words/settings.en.json";
import type sharingEn from "./words/sharing.en.json";
import type tryEn from "./words/try.en.json";

export type OwnKey = keyof typeof en | keyof typeof entryEn | SharedKey;
export type SettingsKey = keyof typeof settingsEn;
export type ProductsKey = keyof typeof productsEn;
export type SharingKey = keyof typeof sharingEn;
export type PreviewKey = keyof typeof previewEn;
export type FiguresKey = keyof typeof figuresEn;
export type TryKey = keyof typeof tryEn;
export type BotKey = keyof typeof botEn;
export type Key = OwnKey | SettingsKey | ProductsKey | SharingKey | PreviewKey | FiguresKey | TryKey | BotKey;
export type Lang = "en" | "fr";

/** One part's words, fetched for a language. */
export type Shelf = Record<Lang, () => Promise<Record<string, Dictionary<string>[string]>>>;

export const languages: readonly Lang[] = ["fr", "en"];

/** Written in its own language, so that whoever needs it can read it. */
export const languageNames: Record<Lang, string> = { fr: "Français", en: "English" };

const CHOSEN = "comptoir.lang";

const own: Shelf = {
  en: async () => (await import("./words/english")).words,
  fr: async () => (await import("./words/french")).words,
};

export const lang = signal<Lang>("en");
const shelves = new Set<Shelf>([own]);
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
  const parts = await Promise.all([...shelves].map((shelf) => shelf[chosen]()));
  words.value = translator(chosen, Object.assign({}, ...parts) as Dictionary<Key>);
  lang.value = chosen;
  document.documentElement.lang = chosen;
}

/** A part of the console brings its words along before it is drawn. */
export async function learn(...brought: Shelf[]): Promise<void> {
  const fresh = brought.filter((shelf) => !shelves.has(shelf));
  if (fresh.length === 0) return;
  for (const shelf of fresh) shelves.add(shelf);
  await speak(lang.peek());
}

export async function chooseLanguage(chosen: Lang): Promise<void> {
  localStorage.setItem(CHOSEN, chosen);
  await speak(chosen);
}

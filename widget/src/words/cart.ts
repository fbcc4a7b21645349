/** The words of adding to a cart, in all languages: they come with the first card, out of the first opening. */
import type { Dictionary, Translate } from "../shared/words";
import { translator } from "../shared/words";
import en from "./cart.en.json";
import fr from "./cart.fr.json";

type CartKey = keyof typeof en;

const WORDS: Record<string, Dictionary<CartKey>> = { en, fr };

export function cartWords(lang: string): Translate<CartKey> {
  return translator(lang, WORDS[lang] ?? en);
}

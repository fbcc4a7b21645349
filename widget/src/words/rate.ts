/** The words of rating a conversation, in all languages: they come with the question, out of the first opening. */
import type { Dictionary, Translate } from "../shared/words";
import { translator } from "../shared/words";
import en from "./rate.en.json";
import fr from "./rate.fr.json";

type RateKey = keyof typeof en;

const WORDS: Record<string, Dictionary<RateKey>> = { en, fr };

export function rateWords(lang: string): Translate<RateKey> {
  return translator(lang, WORDS[lang] ?? en);
}

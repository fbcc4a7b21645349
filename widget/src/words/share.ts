/** The words of a shared page, in all languages: they come with the first question, out of the first opening. */
import type { Dictionary, Translate } from "../shared/words";
import { translator } from "../shared/words";
import en from "./share.en.json";
import fr from "./share.fr.json";

export type ShareKey = keyof typeof en;
export type ShareT = Translate<ShareKey>;

const WORDS: Record<string, Dictionary<ShareKey>> = { en, fr };

export function shareWords(lang: string): ShareT {
  return translator(lang, WORDS[lang] ?? en);
}

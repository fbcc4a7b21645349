/** The words of the talk with a draft and of the bot's versions, one chunk a language. */
import type { Shelf } from "../words";

export const tryWords: Shelf = {
  en: async () => (await import("./try.en.json")).default,
  fr: async () => (await import("./try.fr.json")).default,
};

/** The words of the bot's editor, one chunk a language. */
import type { Shelf } from "../words";

export const botWords: Shelf = {
  en: async () => (await import("./bot.en.json")).default,
  fr: async () => (await import("./bot.fr.json")).default,
};

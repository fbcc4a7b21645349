/** The words of what was not understood and of the bot's figures, one chunk a language. */
import type { Shelf } from "../words";

export const figuresWords: Shelf = {
  en: async () => (await import("./figures.en.json")).default,
  fr: async () => (await import("./figures.fr.json")).default,
};

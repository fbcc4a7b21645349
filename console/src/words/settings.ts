/** The settings' words, one chunk a language. */
import type { Shelf } from "../words";

export const settingsWords: Shelf = {
  en: async () => (await import("./settings.en.json")).default,
  fr: async () => (await import("./settings.fr.json")).default,
};

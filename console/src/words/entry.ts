/** The words of the screens before the inbox, one chunk a language: set-up, invitation, which chatbots. */
import type { Shelf } from "../words";

export const entryWords: Shelf = {
  en: async () => (await import("./entry.en.json")).default,
  fr: async () => (await import("./entry.fr.json")).default,
};

/** The words for shared pages, one chunk a language: they come with the first conversation. */
import type { Shelf } from "../words";

export const sharingWords: Shelf = {
  en: async () => (await import("./sharing.en.json")).default,
  fr: async () => (await import("./sharing.fr.json")).default,
};

/** The words for products, suggestions and cards, one chunk a language: they come with the first conversation. */
import type { Shelf } from "../words";

export const productWords: Shelf = {
  en: async () => (await import("./products.en.json")).default,
  fr: async () => (await import("./products.fr.json")).default,
};

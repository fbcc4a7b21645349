/** The words of the preview of a site's masks, one chunk a language. */
import type { Shelf } from "../words";

export const previewWords: Shelf = {
  en: async () => (await import("./preview.en.json")).default,
  fr: async () => (await import("./preview.fr.json")).default,
};

/**
 * What the composer and the catalog's panel tell one another across the page: that the panel's search is
 * wanted (the panel is fetched later than the conversation), what it would recommend first, and that
 * there is a shared page to show a product on.
 */
import { signal } from "@preact/signals";
import type { CatalogHit, ConversationId, ProductId } from "../shared";

/** Of the conversation in which it was asked for. */
export const searchWanted = signal<ConversationId | undefined>(undefined);

export interface FirstSuggestion {
  conversation: ConversationId;
  hit: CatalogHit;
  /** Why, in words. */
  why: string;
  /** Pointed at or focused: it must not become another. */
  hold: (on: boolean) => void;
}

/** Beside a shared page: proposes a product's own page to the visitor, or goes there while driving. */
export const showOnPage = signal<((product: ProductId) => void) | undefined>(undefined);

export const firstSuggestion = signal<FirstSuggestion | undefined>(undefined);

/**
 * What the composer and the catalog's panel tell one another across the page: that the panel's search is
 * wanted (the panel is fetched later than the conversation), and what it would recommend first.
 */
import { signal } from "@preact/signals";
import type { CatalogHit, ConversationId } from "../shared";

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

export const firstSuggestion = signal<FirstSuggestion | undefined>(undefined);

/**
 * An agent's products at hand: those pinned, and those recommended last. The server keeps both; what was
 * just done is shown before it answers, and taken back when it refuses.
 */
import { signal } from "@preact/signals";
import { asRefusal, get, put, remove } from "../api";
import { explained } from "../refusals";
import type { CatalogHit, ProductCard, ProductsAtHand, SiteId } from "../shared";
import { announce } from "../ui/announcer";
import { toast } from "../ui/toasts";
import { t } from "../words";

/** The server's bounds. */
const PINNED_MAX = 20;
const RECENT_MAX = 10;

const shelves = signal<ReadonlyMap<string, ProductsAtHand>>(new Map());
const empty: ProductsAtHand = { pinned: [], recent: [] };

/** A site and the language that its cards come in. */
interface At {
  site: SiteId;
  lang: string;
}

const nameOf = ({ site, lang }: At) => `${site}/${lang}`;

export function atHand(at: At): ProductsAtHand {
  return shelves.value.get(nameOf(at)) ?? empty;
}

export async function loadShelf(at: At): Promise<void> {
  const { site, lang } = at;
  try {
    keep(at, await get<ProductsAtHand>(`/sites/${site}/catalog/shelf?lang=${encodeURIComponent(lang)}`));
  } catch {
    // Nothing at hand is no hindrance: searching finds the same products.
  }
}

export function isPinned(at: At, card: ProductCard): boolean {
  return atHand(at).pinned.some((hit) => hit.card.product === card.product);
}

export async function togglePin(at: At, hit: CatalogHit): Promise<void> {
  const before = atHand(at);
  const { product, title } = hit.card;
  const pinned = isPinned(at, hit.card);
  keep(at, pinned ? withoutPin(before, product) : withPin(before, hit));
  announce(t(pinned ? "unpin_told" : "pin_told", { title }));
  const path = `/sites/${at.site}/catalog/pins/${encodeURIComponent(product)}`;
  try {
    await (pinned ? remove(path) : put(path));
  } catch (failure) {
    const now = atHand(at);
    keep(at, pinned ? withPin(now, hit) : withoutPin(now, product));
    toast(explained(asRefusal(failure)), { kind: "bad" });
  }
}

/** It was recommended just now: the latest first. */
export function recommendedNow(at: At, hit: CatalogHit): void {
  keep(at, withRecent(atHand(at), hit));
}

export function withPin(shelf: ProductsAtHand, hit: CatalogHit): ProductsAtHand {
  return { ...shelf, pinned: first(shelf.pinned, hit, PINNED_MAX) };
}

export function withoutPin(shelf: ProductsAtHand, product: string): ProductsAtHand {
  return { ...shelf, pinned: without(shelf.pinned, product) };
}

export function withRecent(shelf: ProductsAtHand, hit: CatalogHit): ProductsAtHand {
  return { ...shelf, recent: first(shelf.recent, hit, RECENT_MAX) };
}

function first(hits: readonly CatalogHit[], hit: CatalogHit, max: number): CatalogHit[] {
  return [hit, ...without(hits, hit.card.product)].slice(0, max);
}

function without(hits: readonly CatalogHit[], product: string): CatalogHit[] {
  return hits.filter((one) => one.card.product !== product);
}

function keep(at: At, shelf: ProductsAtHand): void {
  shelves.value = new Map(shelves.peek()).set(nameOf(at), shelf);
}

/**
 * What the catalog says by now of products that were shown: asked once a product, and only of cards
 * that have stood long enough for an import to have come between.
 */
import { useEffect, useState } from "preact/hooks";
import { asRefusal, get } from "../api";
import type { CatalogProduct, ConversationRow, ProductCard } from "../shared";
import { type Since, since } from "./since";

/** A card younger than this was read from the same catalog. */
const AGE_MS = 60_000;
/** Asked again when the conversation is opened again after so long. */
const FRESH_MS = 60_000;
/** Products remembered; the oldest goes first. */
const KEPT_MAX = 100;

interface Known {
  at: number;
  product: Promise<CatalogProduct | undefined>;
}

const known = new Map<string, Known>();

/** `spared`: nothing is asked, of cards on their way and of closed conversations. */
export function useProductNow(
  card: ProductCard,
  row: ConversationRow,
  sentAt: string,
  spared: boolean,
): Since | undefined {
  const [now, setNow] = useState<Since>();
  useEffect(() => {
    if (spared || Date.now() - Date.parse(sentAt) < AGE_MS) return;
    let gone = false;
    productNow(row, card.product).then(
      (product) => {
        if (!gone) setNow(since(card, product));
      },
      // Not known is not changed: nothing is said.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [row.id, card, spared]);
  return now;
}

/** The product in the conversation's language; undefined when the catalog no longer has it. */
function productNow(row: ConversationRow, product: string): Promise<CatalogProduct | undefined> {
  const path = productPath(row, product);
  const kept = known.get(path);
  if (kept && Date.now() - kept.at < FRESH_MS) return kept.product;
  const asked = get<CatalogProduct>(path).catch((failure: unknown) => {
    if (asRefusal(failure).code === "no_such_product") return undefined;
    known.delete(path);
    throw failure;
  });
  known.delete(path);
  known.set(path, { at: Date.now(), product: asked });
  for (const oldest of known.keys()) {
    if (known.size <= KEPT_MAX) break;
    known.delete(oldest);
  }
  return asked;
}

export function productPath({ site, lang }: Pick<ConversationRow, "site" | "lang">, product: string): string {
  return `/sites/${site}/catalog/products/${encodeURIComponent(product)}?lang=${encodeURIComponent(lang)}`;
}

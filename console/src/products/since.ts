/** What of a card is no longer so in the catalog, as far as an agent should know. Pure. */
import type { CardChange, CatalogProduct, ProductCard } from "../shared";

export interface Since {
  change: CardChange;
  /** As it would be sent now. */
  card?: ProductCard;
}

/** `now`: the product in the catalog; absent: it is gone. The weightiest change alone is said. */
export function since(sent: ProductCard, now: CatalogProduct | undefined): Since | undefined {
  if (!now) return { change: "gone" };
  const card = sent.sku === undefined ? now.variants[0] : now.variants.find((one) => one.sku === sent.sku);
  if (!card) return { change: "gone" };
  if (card.price && sent.price && !samePrice(card.price, sent.price)) return { change: "price", card };
  if (card.availability === "out_of_stock" && sent.availability !== "out_of_stock")
    return { change: "availability", card };
  return undefined;
}

function samePrice(a: NonNullable<ProductCard["price"]>, b: NonNullable<ProductCard["price"]>): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}

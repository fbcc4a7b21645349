/** Shopify's cart by its Ajax API: the variant is found by its SKU, else by its options. */
import type { CartLine, ProductCard } from "../../shared/protocol";
import { askJson, sending } from "./ask";
import { shopWindow } from "./shop";

interface Variant {
  id: number;
  sku: string | null;
  options: string[];
}

const root = () => shopWindow().Shopify?.routes?.root ?? "/";

export async function add(card: ProductCard): Promise<string> {
  const { variants } = await askJson<{ variants: Variant[] }>(
    `${root()}products/${encodeURIComponent(handleOf(card))}.js`,
  );
  const variant = chosen(variants, card);
  if (!variant) throw new Error("the store has no such variant");
  await askJson(`${root()}cart/add.js`, sending({ items: [{ id: variant.id, quantity: 1 }] }));
  return `${root()}cart`;
}

export async function lines(): Promise<CartLine[]> {
  const { items } = await askJson<{ items: { sku?: string | null; handle: string; quantity: number }[] }>(
    `${root()}cart.js`,
  );
  return items.map(({ sku, handle, quantity }) => ({ sku: sku || handle, quantity }));
}

/** The name in the product's address; in a catalog from Shopify's own file it is the product's id too. */
function handleOf({ link, product }: ProductCard): string {
  const [, handle] = link?.match(/\/products\/([^/?#]+)/) ?? [];
  return handle ? decodeURIComponent(handle) : product;
}

function chosen(
  variants: readonly Variant[],
  { sku, external_id, variant }: ProductCard,
): Variant | undefined {
  if (variants.length === 1) return variants[0];
  return (
    variants.find((one) => String(one.id) === external_id) ??
    variants.find((one) => sku && one.sku === sku) ??
    variants.find((one) => variant && one.options.join(" · ").toLowerCase() === variant.toLowerCase())
  );
}

/** The chunk of the carts: puts a card's product into the store's cart, and reads what is in it. */
import type { Host } from "../../page/contract";
import { safeLink } from "../../shared/links";
import type { CartLine, ProductCard } from "../../shared/protocol";
import { shopOf } from "./shop";
import * as shopify from "./shopify";
import * as woocommerce from "./woocommerce";

/** Adds one piece; answers the address of the cart where it is known. Whatever the store refuses throws. */
export async function add(host: Host, card: ProductCard): Promise<string | undefined> {
  const cart = await byShop(host, card);
  return cart && safeLink(new URL(cart, location.href).href);
}

async function byShop(host: Host, card: ProductCard): Promise<string | undefined> {
  switch (shopOf(host)) {
    case "merchant":
      return byMerchant(host, card);
    case "shopify":
      return shopify.add(card);
    case "woocommerce":
      return woocommerce.add(card);
    case undefined:
      throw new Error("nothing on this page takes a product");
  }
}

/** What is in the cart; what the merchant said wins over what is asked of a platform. */
export async function lines(host: Host): Promise<CartLine[]> {
  const { cart } = host.settings;
  if (Array.isArray(cart)) return cart.flatMap(line);
  switch (shopOf(host)) {
    case "shopify":
      return shopify.lines();
    case "woocommerce":
      return woocommerce.lines();
    case "merchant":
    case undefined:
      return [];
  }
}

/** The page's handler; what it answers may name its cart's address. */
async function byMerchant({ handlers }: Host, card: ProductCard): Promise<string | undefined> {
  const [handler] = handlers["product:add"] ?? [];
  const { product, sku, external_id } = card;
  const answer: unknown = await handler?.({ product, sku, external_id, quantity: 1, card });
  const cart = answer instanceof Object && "cart" in answer ? answer.cart : undefined;
  return typeof cart === "string" ? cart : undefined;
}

function line(said: unknown): CartLine[] {
  if (!(said instanceof Object)) return [];
  const { sku, quantity } = said as { sku?: unknown; quantity?: unknown };
  const count = Math.trunc(Number(quantity));
  return (typeof sku === "string" || typeof sku === "number") && count > 0
    ? [{ sku: String(sku), quantity: Math.min(count, 9_999) }]
    : [];
}

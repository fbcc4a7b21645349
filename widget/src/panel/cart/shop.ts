/**
 * What of the store's page can take a product into its cart: the merchant's own
 * handler, else a platform that is known. How each does it is its adapter's.
 */
import type { Host } from "../../page/contract";

export type Shop = "merchant" | "shopify" | "woocommerce";

/** What the page's scripts say of their platform. */
export interface ShopWindow {
  Shopify?: { routes?: { root?: string } };
  wc_add_to_cart_params?: { wc_ajax_url?: string; cart_url?: string };
  wcSettings?: { storePages?: { cart?: { permalink?: string } } };
  jQuery?: (at: Element) => { trigger(name: string, detail?: unknown[]): void };
}

export const shopWindow = () => window as ShopWindow;

const WOOCOMMERCE = [
  ".woocommerce",
  ".woocommerce-js",
  ".woocommerce-no-js",
  "[src*='/plugins/woocommerce/']",
  "[href*='/plugins/woocommerce/']",
].join();

export function shopOf({ handlers }: Host): Shop | undefined {
  const { Shopify, wc_add_to_cart_params, wcSettings } = shopWindow();
  if (handlers["product:add"]?.size) return "merchant";
  if (Shopify) return "shopify";
  if (wc_add_to_cart_params || wcSettings || document.querySelector(WOOCOMMERCE)) return "woocommerce";
  return undefined;
}

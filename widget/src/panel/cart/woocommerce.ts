/**
 * WooCommerce's cart by its Store API, else by the older call that its themes
 * use; both need the shop's own number of the product or variation.
 */
import type { CartLine, ProductCard } from "../../shared/protocol";
import { ask, askJson, sending } from "./ask";
import { shopWindow } from "./shop";

export async function add(card: ProductCard): Promise<string | undefined> {
  const id = await numberOf(card);
  // Only where there is no such API: what it refuses must not be added another way.
  const nonce = await ask(api("cart")).then(
    ({ headers }) => headers.get("nonce"),
    () => undefined,
  );
  if (nonce) await ask(api("cart/add-item"), sending({ id, quantity: 1 }, { nonce }));
  else await addByTheme(id);
  tellTheTheme();
  const { wc_add_to_cart_params: params, wcSettings } = shopWindow();
  return params?.cart_url ?? wcSettings?.storePages?.cart?.permalink;
}

/** Its cookie says whether there is anything to ask for. */
export async function lines(): Promise<CartLine[]> {
  if (!/woocommerce_items_in_cart=[^0]/.test(document.cookie)) return [];
  const { items } = await askJson<{ items: { sku: string; id: number; quantity: number }[] }>(api("cart"));
  return items.map(({ sku, id, quantity }) => ({ sku: sku || String(id), quantity }));
}

/** WordPress says where its API is; a shop without pretty addresses has it in the query. */
function api(path: string): string {
  const link = document.querySelector<HTMLLinkElement>("link[rel='https://api.w.org/']");
  return `${link?.href ?? "/wp-json/"}wc/store/v1/${path}`;
}

async function numberOf({ external_id, sku }: ProductCard): Promise<number> {
  if (external_id && /^\d+$/.test(external_id)) return Number(external_id);
  for (const type of ["", "&type=variation"]) {
    const found = sku && (await productsBy(sku, type));
    if (found) return found;
  }
  throw new Error("the store has no such product");
}

async function productsBy(sku: string, type: string): Promise<number | undefined> {
  const address = api("products");
  const join = address.includes("?") ? "&" : "?";
  const [first] = await askJson<{ id: number }[]>(`${address}${join}sku=${encodeURIComponent(sku)}${type}`);
  return first?.id;
}

async function addByTheme(id: number): Promise<void> {
  const template = shopWindow().wc_add_to_cart_params?.wc_ajax_url ?? "/?wc-ajax=%%endpoint%%";
  const body = new URLSearchParams({ product_id: String(id), quantity: "1" });
  const said = await askJson<{ error?: boolean }>(template.replace("%%endpoint%%", "add_to_cart"), {
    method: "POST",
    body,
  });
  if (said.error) throw new Error("the store refused the product");
}

/** Themes draw their small cart when they hear of it: the older ones by jQuery, the newer by an event. */
function tellTheTheme(): void {
  const body = shopWindow().jQuery?.(document.body);
  body?.trigger("added_to_cart", [undefined, undefined, undefined]);
  body?.trigger("wc_fragment_refresh");
  const detail = { preserveCartData: false };
  document.body.dispatchEvent(new CustomEvent("wc-blocks_added_to_cart", { bubbles: true, detail }));
}

/**
 * The cart: SKU to quantity, kept in the browser, and the few calls that a merchant makes to Comptoir about it.
 * The chat itself is the widget's; where the cart is drawn is cart-page.js and order.js.
 */
import { readObject, writeObject } from "./kept.js";
import { localeOf } from "./sums.js";

export const locale = localeOf(document.documentElement.lang);
const money = new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" });
export const euros = (cents) => money.format(cents / 100);

let goodsOnce;
/** What the store sells, by SKU; asked for once a page. */
export function goods() {
  goodsOnce ??= fetch(document.body.dataset.goods)
    .then((answer) => {
      if (!answer.ok) throw new Error(`goods: ${answer.status}`);
      return answer.json();
    })
    .then((list) => new Map(list.map((one) => [one.sku, one])))
    .catch((fault) => {
      goodsOnce = undefined;
      throw fault;
    });
  return goodsOnce;
}

const watchers = new Set();
/** Called with each change of the cart, also those of other tabs. */
export const onCart = (watcher) => watchers.add(watcher);

export const cart = () => new Map(Object.entries(readObject("cart")).filter(([, quantity]) => quantity > 0));

export function keep(lines) {
  writeObject("cart", Object.fromEntries(lines));
  tell();
}

/** What is in the cart, with title, picture and price; what is no longer sold is left out. */
export async function linesOf(entries = cart()) {
  if (entries.size === 0) return [];
  const known = await goods();
  return [...entries]
    .filter(([sku]) => known.has(sku))
    .map(([sku, quantity]) => ({ ...known.get(sku), quantity }));
}

function tell() {
  const count = [...cart().values()].reduce((sum, quantity) => sum + quantity, 0);
  for (const place of document.querySelectorAll("[data-cart-count]")) {
    place.textContent = String(count);
    place.toggleAttribute("data-some", count > 0);
  }
  // Whoever advises the visitor may know what they chose; it leaves the page in an open conversation only.
  window.Comptoir(
    "cart",
    [...cart()].map(([sku, quantity]) => ({ sku, quantity })),
  );
  for (const watcher of watchers) watcher();
}

const said = document.querySelector("[data-said]");
let quiet;
function say(sentence, added) {
  said.querySelector("[data-said-text]").textContent = sentence;
  said.querySelector("a").hidden = !added;
  said.toggleAttribute("data-shown", true);
  clearTimeout(quiet);
  quiet = setTimeout(() => said.removeAttribute("data-shown"), 6000);
}

/** Adds a variant; refuses what is unknown or sold out. Both end in a sentence. */
export async function add(sku, quantity = 1) {
  const variant = (await goods()).get(String(sku).toUpperCase());
  const lines = cart();
  const wanted = (lines.get(variant?.sku) ?? 0) + Math.max(1, Math.trunc(quantity) || 1);
  if (!variant || variant.stock < 1 || wanted > variant.stock) {
    say(said.dataset.notAdded, false);
    throw new Error(said.dataset.notAdded);
  }
  lines.set(variant.sku, wanted);
  keep(lines);
  say(said.dataset.added, true);
}

export function carry() {
  // The chat's cards can fill this cart too; the promise tells the card how it went, and where the cart is.
  const address = document.querySelector(".cart-link").href;
  window.Comptoir("on", "product:add", async ({ sku, quantity }) => {
    await add(sku, quantity);
    return { cart: address };
  });
  addEventListener("storage", tell);
  tell();
}

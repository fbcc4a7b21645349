/**
 * Tells the server what the visitor has before them, for suggestions to the
 * agent: the page's product and place, and the store's cart. The chunk comes
 * with an open conversation and not before; nothing of it is kept.
 */
import type { Host } from "../../page/contract";
import type { CartLine, OnPage, VisitorFrame } from "../../shared/protocol";
import { lines } from "../cart/adapters";
import { readPage } from "./read";

/** A page's scripts may write its product and change its cart after it is there. */
const AGAIN_MS = 3_000;
const CART_MAX = 50;
const TEXT_MAX = 100;
const ONCE = { once: true };

export class Telling {
  readonly #host: Host;
  readonly #send: (frame: VisitorFrame) => boolean;
  #said = "";
  #cart: readonly CartLine[] = [];
  #address = "";
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: Host, send: (frame: VisitorFrame) => boolean) {
    this.#host = host;
    this.#send = send;
  }

  /** A conversation is open: from now on what is here is told when it is another than last time. */
  tell(): void {
    this.#timer ??= setInterval(() => document.visibilityState === "visible" && this.#look(), AGAIN_MS);
    if (document.readyState === "loading")
      document.addEventListener("DOMContentLoaded", () => this.tell(), ONCE);
    else if (!this.#said || this.#address !== location.href) this.#look();
  }

  /** The server has forgotten what was told. */
  reconnected(): void {
    this.#said = "";
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#said = "";
  }

  /** By our own doing: a platform is asked again. */
  cartChanged(): void {
    void this.#read();
  }

  /** A platform's cart is asked for once a page; looking at what the merchant said costs nothing. */
  #look(): void {
    const moved = this.#address !== location.href;
    this.#address = location.href;
    if (moved || Array.isArray(this.#host.settings.cart)) void this.#read();
    else this.#say();
  }

  async #read(): Promise<void> {
    this.#cart = await lines(this.#host).catch(() => []);
    this.#say();
  }

  #say(): void {
    if (!this.#timer) return;
    const url = this.#host.visits.current()?.page.url;
    // Struck out by the visitor: then it is not told in this way either.
    if (!url) return;
    const short = (sku: string) => sku.replaceAll("\0", "").slice(0, TEXT_MAX).toWellFormed();
    const cart = this.#cart.slice(0, CART_MAX).map(({ sku, quantity }) => ({ sku: short(sku), quantity }));
    const page: OnPage = { url, ...readPage(document, location.href), cart };
    const said = JSON.stringify(page);
    if (said !== this.#said && this.#send({ type: "on_page", page })) this.#said = said;
  }
}

/**
 * The demo store's own script: its cart, its consent bar, and the few calls
 * that a merchant makes to Comptoir. The chat itself is the widget's.
 *
 * Kept in localStorage, as stores do: `corlieu.cart` (SKU to quantity) and
 * `corlieu.consent` ("yes" or "no"). Where storage is refused, both live as
 * long as the page.
 */
(() => {
  "use strict";

  const language = document.documentElement.lang;
  const said = document.querySelector("[data-said]");

  // Storage that a private window may refuse.
  const inMemory = new Map();
  const read = (key) => {
    try {
      return localStorage.getItem(key) ?? inMemory.get(key) ?? null;
    } catch {
      return inMemory.get(key) ?? null;
    }
  };
  const write = (key, value) => {
    inMemory.set(key, value);
    try {
      localStorage.setItem(key, value);
    } catch {
      // Kept for this page only.
    }
  };

  // ---- Consent to page visits -------------------------------------------
  const bar = document.querySelector("[data-consent]");
  const root = document.documentElement;

  /** Tells the widget how much room the bar takes, so that the launcher clears it. */
  const makeRoom = () => {
    const height = bar.hidden ? 0 : Math.ceil(bar.getBoundingClientRect().height);
    root.style.setProperty("--comptoir-offset-bottom", `${height}px`);
  };
  const tellConsent = () => {
    const answer = read("corlieu.consent");
    if (answer !== null) window.Comptoir("consent", answer === "yes");
  };
  const showBar = (shown) => {
    bar.hidden = !shown;
    makeRoom();
  };

  for (const button of bar.querySelectorAll("[data-consent-answer]")) {
    button.addEventListener("click", () => {
      write("corlieu.consent", button.dataset.consentAnswer);
      showBar(false);
      tellConsent();
    });
  }
  document.querySelector("[data-consent-open]").addEventListener("click", () => {
    showBar(true);
    bar.querySelector("button").focus();
  });
  addEventListener("resize", makeRoom);
  showBar(read("corlieu.consent") === null);
  tellConsent();

  // ---- Cart -------------------------------------------------------------
  const FREE_DELIVERY_CENTS = 6000;
  const DELIVERY_CENTS = 590;
  const money = new Intl.NumberFormat(language, { style: "currency", currency: "EUR" });
  const euros = (cents) => money.format(cents / 100);

  let goodsOnce;
  /** What the store sells, by SKU; asked for once a page. */
  const goods = () => {
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
  };

  const cart = () => {
    try {
      const kept = JSON.parse(read("corlieu.cart") ?? "{}");
      return new Map(Object.entries(kept).filter(([, quantity]) => quantity > 0));
    } catch {
      return new Map();
    }
  };
  const keep = (lines) => {
    write("corlieu.cart", JSON.stringify(Object.fromEntries(lines)));
    showCount();
  };
  const showCount = () => {
    const count = [...cart().values()].reduce((sum, quantity) => sum + quantity, 0);
    for (const place of document.querySelectorAll("[data-cart-count]")) {
      place.textContent = String(count);
      place.toggleAttribute("data-some", count > 0);
    }
    // Whoever advises the visitor may know what they chose; it leaves the page in an open conversation only.
    window.Comptoir("cart", [...cart()].map(([sku, quantity]) => ({ sku, quantity })));
  };

  let quiet;
  const say = (sentence) => {
    said.textContent = sentence;
    said.toggleAttribute("data-shown", true);
    clearTimeout(quiet);
    quiet = setTimeout(() => said.removeAttribute("data-shown"), 4000);
  };

  /** Adds a variant; refuses what is unknown or sold out. Both end in a sentence. */
  const add = async (sku, quantity = 1) => {
    const variant = (await goods()).get(String(sku).toUpperCase());
    const lines = cart();
    const wanted = (lines.get(variant?.sku) ?? 0) + Math.max(1, Math.trunc(quantity) || 1);
    if (!variant || variant.stock < 1 || wanted > variant.stock) {
      say(said.dataset.notAdded);
      throw new Error(said.dataset.notAdded);
    }
    lines.set(variant.sku, wanted);
    keep(lines);
    drawCart();
    say(said.dataset.added);
  };

  for (const button of document.querySelectorAll("[data-add]")) {
    button.addEventListener("click", () => {
      add(button.dataset.add).catch(() => {});
    });
  }
  // The chat's cards can fill this cart too; the promise tells the card how it went, and where the cart is.
  const cartAddress = document.querySelector(".cart-link").href;
  window.Comptoir("on", "product:add", async ({ sku, quantity }) => {
    await add(sku, quantity);
    return { cart: cartAddress };
  });

  // ---- Cart page --------------------------------------------------------
  const page = document.querySelector("[data-cart]");

  const drawLine = (variant, quantity) => {
    const line = page.querySelector("template").content.cloneNode(true);
    const find = (name) => line.querySelector(`[data-${name}]`);
    for (const link of line.querySelectorAll("[data-to]")) link.href = variant.path;
    find("picture").src = variant.picture;
    find("title").textContent = variant.title;
    find("options").textContent = variant.options;
    find("price").textContent = euros(variant.cents * quantity);
    const field = find("quantity");
    field.value = quantity;
    field.max = variant.stock;
    field.addEventListener("change", () => {
      const lines = cart();
      lines.set(variant.sku, Math.min(variant.stock, Math.max(1, Math.trunc(field.value) || 1)));
      keep(lines);
      drawCart();
    });
    find("remove").addEventListener("click", () => {
      const lines = cart();
      lines.delete(variant.sku);
      keep(lines);
      drawCart();
      page.querySelector("h1").focus();
    });
    return line;
  };

  async function drawCart() {
    if (!page) return;
    const known = cart().size > 0 ? await goods() : new Map();
    const lines = [...cart()].filter(([sku]) => known.has(sku));
    page.querySelector("[data-cart-lines]").replaceChildren(
      ...lines.map(([sku, quantity]) => drawLine(known.get(sku), quantity)),
    );
    page.querySelector("[data-cart-empty]").hidden = lines.length > 0;
    page.querySelector("[data-cart-sum]").hidden = lines.length === 0;
    const sum = lines.reduce((cents, [sku, quantity]) => cents + known.get(sku).cents * quantity, 0);
    const delivery = sum >= FREE_DELIVERY_CENTS ? 0 : DELIVERY_CENTS;
    const deliveryPlace = page.querySelector("[data-sum-delivery]");
    page.querySelector("[data-sum-goods]").textContent = euros(sum);
    deliveryPlace.textContent = delivery === 0 ? deliveryPlace.dataset.free : euros(delivery);
    page.querySelector("[data-sum-total]").textContent = euros(sum + delivery);
  }

  page?.querySelector("h1").setAttribute("tabindex", "-1");
  addEventListener("storage", () => {
    showCount();
    drawCart();
  });
  showCount();
  drawCart();
})();

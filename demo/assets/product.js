/**
 * A product's page: colours and sizes change it in its place, its button fills the cart.
 *
 * Each variant has a page of its own; choosing one takes the product's part of that page, so that a link, a
 * reload and a browser without this script show the same.
 */
import { add } from "./cart.js";

let latest = 0;
async function shows(address, chosen) {
  const turn = ++latest;
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector(".product");
  if (turn !== latest) return;
  if (!answer.ok || !next) {
    location.assign(address);
    return;
  }
  document.querySelector(".product").replaceWith(document.adoptNode(next));
  document.title = page.title;
  for (const one of [".tongue", "[property='og:image']", "[property='product:price:amount']"])
    for (const name of ["href", "content"]) {
      const value = page.querySelector(one)?.getAttribute(name);
      if (value) document.querySelector(one)?.setAttribute(name, value);
    }
  history.replaceState(history.state, "", address);
  document.querySelector(`[data-variant="${CSS.escape(chosen)}"]`)?.focus({ preventScroll: true });
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("input[name=size]"))
    shows(target.value, target.dataset.variant).catch(() => location.assign(target.value));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-variant]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (link && plain) {
    event.preventDefault();
    shows(link.getAttribute("href"), link.dataset.variant).catch(() => location.assign(link.href));
  }
  const button = event.target.closest("[data-add]");
  if (button)
    add(button.dataset.add, Number(document.querySelector("[data-quantity]")?.value ?? 1)).catch(() => {});
});

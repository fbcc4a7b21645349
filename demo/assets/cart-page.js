/** The cart's own page: its lines, which can be changed, its sums, and the way to the order. */
import { cart, euros, keep, linesOf, onCart } from "./cart.js";
import { readObject } from "./kept.js";
import { drawSums } from "./order.js";
import { wayTo } from "./sums.js";

const page = document.querySelector("[data-cart]");
const template = page.querySelector("template");
const heading = page.querySelector("h1");
heading.setAttribute("tabindex", "-1");

function lineOf(line) {
  const row = template.content.cloneNode(true);
  const find = (name) => row.querySelector(`[data-${name}]`);
  for (const link of row.querySelectorAll("[data-to]")) link.href = line.path;
  find("picture").src = line.picture;
  find("title").textContent = line.title;
  find("options").textContent = line.options;
  find("price").textContent = euros(line.cents * line.quantity);
  const field = find("quantity");
  field.value = line.quantity;
  field.max = line.stock;
  field.setAttribute("aria-label", field.dataset.of.replace("#", line.title));
  field.addEventListener("change", () => {
    const lines = cart();
    lines.set(line.sku, Math.min(line.stock, Math.max(1, Math.trunc(field.value) || 1)));
    keep(lines);
  });
  const remove = find("remove");
  remove.setAttribute("aria-label", remove.dataset.of.replace("#", line.title));
  remove.addEventListener("click", () => {
    const lines = cart();
    lines.delete(line.sku);
    keep(lines);
    heading.focus();
  });
  return row;
}

async function draw() {
  const lines = await linesOf();
  page.querySelector("[data-cart-lines]").replaceChildren(...lines.map(lineOf));
  page.querySelector("[data-cart-empty]").hidden = lines.length > 0;
  page.querySelector("[data-cart-full]").hidden = lines.length === 0;
  const { country = "FR", way } = readObject("order");
  drawSums(page, lines, wayTo(country, way));
}

onCart(() => draw());
draw();

/** Where an order goes to: address, way of delivery, a gift. Nothing here is secret; the payment is a page of its own. */
import { euros, linesOf } from "./cart.js";
import { readObject, writeObject } from "./kept.js";
import { checked, comesBetween, countryName, drawSummary, mark } from "./order.js";
import { COUNTRIES, POSTCODES, sumsOf, wayTo, waysTo } from "./sums.js";

const form = document.querySelector("[data-checkout]");
const summary = document.querySelector("[data-summary]");
const ways = form.querySelector("[data-ways]");
const { country, note, "not-before": notBefore } = form.elements;
let lines = [];

function orderNow() {
  const order = Object.fromEntries(new FormData(form));
  return { ...order, notBefore: order["not-before"], way: wayTo(order.country, order.way) };
}

/** The ways that lead to the chosen country, each with its price and days. */
function drawWays(chosen) {
  const template = ways.querySelector("template");
  const rows = waysTo(country.value).map((way) => {
    const row = template.content.cloneNode(true);
    const field = row.querySelector("input");
    field.value = way;
    field.checked = way === chosen;
    const { delivery } = sumsOf(lines, way);
    row.querySelector("[data-way-name]").textContent = ways.dataset[way];
    row.querySelector("[data-way-days]").textContent = comesBetween(ways.dataset.days, way, notBefore.value);
    row.querySelector("[data-way-price]").textContent = delivery ? euros(delivery) : ways.dataset.free;
    return row;
  });
  ways.querySelector("[data-way-list]").replaceChildren(...rows);
}

/** What is wrong with a field, by the name of its sentence. */
function faultOf(field) {
  const value = field.value.trim();
  if (!value) return field.required ? "fault" : undefined;
  if (field.type === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value)) return "odd";
  if (field.name === "postcode" && !POSTCODES[country.value]?.test(value)) return "odd";
  if (field.name === "phone" && !/^\+?[\d\s().-]{6,20}$/.test(value)) return "odd";
  return undefined;
}

function redraw() {
  const order = orderNow();
  form.querySelector("[data-gift]").hidden = !form.elements.gift.checked;
  drawWays(order.way);
  drawSummary(summary, lines, order.way);
  writeObject("order", order);
}

function fillIn() {
  for (const code of COUNTRIES) country.append(new Option(countryName(code), code));
  const kept = readObject("order");
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = field.name in kept;
    else if (field.name && field.name in kept) field.value = kept[field.name];
  }
  if (!country.value) country.value = "FR";
  notBefore.min = new Date().toLocaleDateString("sv");
  drawWays(wayTo(country.value, kept.way));
}

form.addEventListener("change", ({ target }) => {
  redraw();
  // A field that was found wrong is looked at again as soon as it is mended.
  if (target.hasAttribute("aria-invalid")) mark(target, faultOf(target));
  if (target === country && form.elements.postcode.value)
    mark(form.elements.postcode, faultOf(form.elements.postcode));
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!form.elements.gift.checked) note.value = "";
  redraw();
  if (checked(form, faultOf)) location.assign(form.dataset.next);
});

fillIn();
lines = await linesOf();
document.querySelector("[data-order-empty]").hidden = lines.length > 0;
document.querySelector("[data-order]").hidden = lines.length === 0;
if (lines.length > 0) redraw();

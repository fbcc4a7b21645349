/**
 * The payment: the visitor's own page. The card is looked at for its form and nothing else: it is neither kept
 * nor sent, since this store sells nothing.
 */
import { cart, euros, keep, linesOf } from "./cart.js";
import { readObject, writeObject } from "./kept.js";
import { checked, drawEnvelope, drawSummary, isAddressed, mark } from "./order.js";
import { isCardNumber, isExpiry, sumsOf, wayTo } from "./sums.js";

const form = document.querySelector("[data-payment]");
const fields = form.elements;

function faultOf(field) {
  const value = field.value.trim();
  if (!value) return "fault";
  if (field === fields["card-number"] && !isCardNumber(value)) return "odd";
  if (field === fields["card-expiry"] && !isExpiry(value, new Date())) return "odd";
  if (field === fields["card-cvc"] && !/^\d{3,4}$/.test(value)) return "odd";
  return undefined;
}

/** Digits in groups as they stand on the card, the caret where it was. */
function grouped(field, size, between) {
  const before = field.value.slice(0, field.selectionStart ?? field.value.length).replace(/\D/g, "").length;
  const digits = field.value.replace(/\D/g, "");
  const text = digits.match(new RegExp(`\\d{1,${size}}`, "g"))?.join(between) ?? "";
  if (text === field.value) return;
  field.value = text;
  const caret = before + Math.floor(Math.max(0, before - 1) / size) * between.length;
  if (document.activeElement === field) field.setSelectionRange(caret, caret);
}

fields["card-number"].addEventListener("input", ({ target }) => grouped(target, 4, " "));
fields["card-expiry"].addEventListener("input", ({ target, inputType }) => {
  if (inputType !== "deleteContentBackward") grouped(target, 2, "/");
});
form.addEventListener("change", ({ target }) => {
  if (target.hasAttribute("aria-invalid")) mark(target, faultOf(target));
});

const order = readObject("order");
const lines = await linesOf();
if (lines.length > 0 && !isAddressed(order)) location.replace(form.dataset.back);
document.querySelector("[data-order-empty]").hidden = lines.length > 0;
document.querySelector("[data-order]").hidden = lines.length === 0;
if (lines.length > 0 && isAddressed(order)) {
  const way = wayTo(order.country, order.way);
  drawSummary(document.querySelector("[data-summary]"), lines, way);
  drawEnvelope(document.querySelector("[data-envelope]"), order);
  const pay = form.querySelector("[data-pay]");
  pay.textContent = pay.dataset.pay.replace("#", euros(sumsOf(lines, way).total));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!checked(form, faultOf)) return;
  form.reset();
  const number = `CL-${10_000 + crypto.getRandomValues(new Uint16Array(1))[0]}`;
  writeObject("placed", { ...order, number, lines: Object.fromEntries(cart()) });
  keep(new Map());
  location.replace(form.dataset.next);
});

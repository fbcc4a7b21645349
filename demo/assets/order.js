/**
 * An order on its way, beside the forms of delivery and payment and on the page of thanks: what is bought, for
 * how much, where to. What is typed stays in this tab; the address is marked to be masked when a page is shared.
 */
import { euros, locale } from "./cart.js";
import { comes, sumsOf } from "./sums.js";

const days = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const countries = new Intl.DisplayNames(locale, { type: "region" });
export const countryName = (code) => countries.of(code);

/** Fills the `{from}` and `{to}` of a sentence. */
export function comesBetween(sentence, way, notBefore) {
  const asked = notBefore ? new Date(`${notBefore}T12:00`) : undefined;
  const [from, to] = comes(way, new Date(), asked).map((day) => days.format(day));
  return sentence.replace("{from}", from).replace("{to}", to);
}

/** Writes the lines and sums of an order into the page's summary. */
export function drawSummary(place, lines, way) {
  const template = place.querySelector("template");
  const rows = lines.map((line) => {
    const row = template.content.cloneNode(true);
    row.querySelector("[data-picture]").src = line.picture;
    row.querySelector("[data-title]").textContent = line.title;
    row.querySelector("[data-options]").textContent = line.options;
    row.querySelector("[data-quantity]").textContent = `× ${line.quantity}`;
    row.querySelector("[data-price]").textContent = euros(line.cents * line.quantity);
    return row;
  });
  place.querySelector("[data-lines]").replaceChildren(...rows);
  drawSums(place, lines, way);
}

export function drawSums(place, lines, way) {
  const { goods, delivery, total, vat } = sumsOf(lines, way);
  const write = (name, text) => {
    place.querySelector(`[data-sum-${name}]`).textContent = text;
  };
  write("goods", euros(goods));
  write(
    "delivery",
    delivery === 0 ? place.querySelector("[data-sum-delivery]").dataset.free : euros(delivery),
  );
  write("total", euros(total));
  write("vat", euros(vat));
}

/** The lines of an address, as an envelope has them. */
export const envelope = (order) =>
  [
    `${order.first} ${order.last}`,
    order.street,
    order.more,
    `${order.postcode} ${order.town}`,
    countryName(order.country),
  ].filter((line) => line?.trim());

export function drawEnvelope(place, order) {
  place.replaceChildren(
    ...envelope(order).map((line) => {
      const row = document.createElement("span");
      row.textContent = line;
      return row;
    }),
  );
}

/** Whether the form of delivery was filled in to its end. */
export const isAddressed = ({ first, last, street, postcode, town, country, email, way }) =>
  [first, last, street, postcode, town, country, email, way].every(
    (one) => typeof one === "string" && one.trim(),
  );

/**
 * Says what is wrong beside each field, in words that stay readable, and leads to the first.
 * `faultOf` answers the key of a field's sentence, or nothing. True when all is well.
 */
export function checked(form, faultOf) {
  let first;
  for (const field of form.querySelectorAll("[data-checked]")) {
    if (!mark(field, faultOf(field))) first ??= field;
  }
  first?.focus();
  return !first;
}

export function mark(field, fault) {
  const place = document.getElementById(`${field.id}-fault`);
  place.textContent = fault ? (place.dataset[fault] ?? place.dataset.fault) : "";
  if (fault) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  return !fault;
}

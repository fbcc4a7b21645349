/** The frame that says when a parcel comes to a country, and for how much. It knows no cart and keeps nothing. */
import { COUNTRIES, comes, localeOf, WAYS, waysTo } from "./sums.js";

const locale = localeOf(document.documentElement.lang);
const EUROS = { style: "currency", currency: "EUR" };
const money = new Intl.NumberFormat(locale, EUROS);
const round = new Intl.NumberFormat(locale, { ...EUROS, maximumFractionDigits: 0 });
const days = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "long" });
const countries = new Intl.DisplayNames(locale, { type: "region" });
const country = document.querySelector("select");
const list = document.querySelector("[data-estimates]");

function draw() {
  const rows = waysTo(country.value).map((way) => {
    const row = list.querySelector("template").content.cloneNode(true);
    const [from, to] = comes(way, new Date()).map((day) => days.format(day));
    const { cents, freeFrom } = WAYS[way];
    const write = (name, text) => {
      row.querySelector(`[data-${name}]`).textContent = text;
    };
    write("way", list.dataset[way]);
    write("days", list.dataset.days.replace("{from}", from).replace("{to}", to));
    write("price", money.format(cents / 100));
    write(
      "free",
      Number.isFinite(freeFrom) ? list.dataset.free.replace("#", round.format(freeFrom / 100)) : "",
    );
    return row;
  });
  list.querySelector("ul").replaceChildren(...rows);
}

for (const code of COUNTRIES) country.append(new Option(countries.of(code), code));
country.value = "FR";
country.addEventListener("change", draw);
draw();

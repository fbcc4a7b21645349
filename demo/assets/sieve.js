/**
 * The filters of a shelf: which cards stay and in which order. The choice stands in the address, so that a link
 * or a reload keeps it. What there is to tick comes with the page.
 */
const form = document.querySelector("[data-sieve]");
const list = document.querySelector("[data-sieved]");
const cards = [...list.children];
const said = document.querySelector("[data-sieve-count]");
const opener = document.querySelector("[data-sieve-open]");
const NAMES = ["part", "price", "colour", "stock", "sale", "sort"];

const ORDERS = {
  cheap: (one, other) => one.dataset.cents - other.dataset.cents,
  dear: (one, other) => other.dataset.cents - one.dataset.cents,
};

function stays({ dataset }, wanted) {
  const parts = wanted.getAll("part");
  const colours = wanted.getAll("colour");
  const [from, below] = (wanted.get("price") || "0-100000").split("-");
  return (
    (parts.length === 0 || parts.includes(dataset.part)) &&
    (colours.length === 0 || colours.some((colour) => dataset.colours.split(" ").includes(colour))) &&
    dataset.cents >= from * 100 &&
    dataset.cents < below * 100 &&
    (!wanted.has("stock") || dataset.stock > 0) &&
    (!wanted.has("sale") || "sale" in dataset)
  );
}

function sift() {
  const wanted = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...wanted]) if (!value) wanted.delete(name, value);
  const order = ORDERS[wanted.get("sort")];
  list.replaceChildren(...(order ? cards.toSorted(order) : cards));
  let count = 0;
  for (const card of cards) {
    card.hidden = !stays(card, wanted);
    count += card.hidden ? 0 : 1;
  }
  const sentence = count === 1 ? said.dataset.one : said.dataset.many;
  said.textContent = count ? sentence.replace("#", count) : said.dataset.none;
  form.querySelector("[data-sieve-clear]").hidden = !NAMES.some(
    (name) => name !== "sort" && wanted.has(name),
  );
  const query = String(wanted);
  const search = query ? `?${query}` : "";
  if (search !== location.search) history.replaceState(history.state, "", location.pathname + search);
}

/** Ticks what the address says. */
function fromAddress() {
  const wanted = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (!NAMES.includes(field.name)) continue;
    if (field.localName === "select") field.value = wanted.get(field.name) ?? "";
    else
      field.checked =
        wanted.getAll(field.name).includes(field.value) || (!field.value && !wanted.has(field.name));
  }
}

form.addEventListener("change", sift);
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("[data-sieve-clear]").addEventListener("click", () => {
  form.reset();
  for (const field of form.querySelectorAll("[type=checkbox]")) field.checked = false;
  sift();
  form.querySelector("input").focus();
});
opener.addEventListener("click", () => {
  const open = form.toggleAttribute("data-open");
  opener.setAttribute("aria-expanded", String(open));
});
fromAddress();
sift();

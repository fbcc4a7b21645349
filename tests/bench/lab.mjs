/**
 * Pages of ours for what the pages of others lack: where a chat begins, a long listing to count nodes
 * on, and a shop to use for a minute.
 */

const page = (title, body, style = "") => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title}</title><style>
body{margin:16px;font:15px/1.4 system-ui,sans-serif}.row{display:flex;gap:12px;padding:6px 0;border-bottom:1px solid #ddd}
.row.on{background:#eef}.price{margin-left:auto;font-weight:600}
.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:16px}.card{border:1px solid #ccc;border-radius:8px;padding:12px}
.card:hover{border-color:#36c}.bar{position:sticky;top:0;background:#fff;padding:8px 0;display:flex;gap:12px}
dialog{border:0;padding:24px}${style}</style></head><body>${body}</body></html>`;

/** Six nodes an element of the list, its white space aside. */
const rows = (count) =>
  Array.from(
    { length: count },
    (_, at) =>
      `<div class="row" id="r${at}"><span>Article ${at}</span><span class="price">${at % 90} €</span></div>`,
  ).join("\n");

const shop = () => `<div class="bar"><button id="menu" aria-expanded="false">Menu</button>
<label>Search <input id="search"></label><label>Note <textarea id="note" rows="1"></textarea></label>
<span>Cart: <b id="count">0</b></span><button id="open">Cart</button></div>
<nav id="nav" hidden><a href="#a">Lamps</a> <a href="#b">Tables</a> <a href="#c">Mugs</a></nav>
<div class="grid">${Array.from(
  { length: 60 },
  (
    _,
    at,
  ) => `<article class="card"><h3>Product ${at}</h3><img src="/stand-in/200x150-${at}.png" alt="" width="200" height="150">
<p>Made by hand in the workshop, in small numbers.</p><button class="add" data-at="${at}">Add to cart</button></article>`,
).join(
  "\n",
)}</div><dialog id="dialog"><h2>Cart</h2><ul id="lines"></ul><button id="shut">Close</button></dialog>
<script>
const by = (id) => document.getElementById(id);
by("menu").onclick = () => { by("nav").hidden = !by("nav").hidden; by("menu").setAttribute("aria-expanded", String(!by("nav").hidden)); };
for (const button of document.querySelectorAll(".add")) button.onclick = () => {
  by("count").textContent = String(Number(by("count").textContent) + 1);
  const line = document.createElement("li"); line.textContent = "Product " + button.dataset.at; by("lines").append(line);
  button.textContent = "Added"; setTimeout(() => { button.textContent = "Add to cart"; }, 800);
};
by("open").onclick = () => by("dialog").showModal();
by("shut").onclick = () => by("dialog").close();
</script>`;

export const labPages = {
  "/": () => page("Start", "<h1>Bench</h1><p>A store to begin at.</p>"),
  // 5 nodes a row with the white space between: 1,000 rows are 5,000.
  "/listing": () => page("Listing", `<h1>Listing</h1><div id="list">${rows(1_000)}</div>`),
  "/shop": () => page("Shop", shop()),
  "/watch": () =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stock</title></head><body></body></html>`,
};

/** Those that are looked at beside the pages of others. */
export const LAB_PAGES = ["/listing", "/shop"];

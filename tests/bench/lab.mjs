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

/** Web components: open shadow roots with styles of each kind, slots, rules by script. */
const components =
  () => `<h1>Parts</h1><div id="scripted">Styled by script</div><p class="adopted">Adopted by the page</p>
<shop-card><b slot="title">Tide mug</b><span>Blue, 30 cl</span></shop-card>
<shop-card><b slot="title">Lamp</b><span>Brass</span></shop-card>
<script>
const shared = new CSSStyleSheet();
shared.replaceSync(":host{display:block;border:3px solid teal;padding:12px;margin:8px 0}::slotted(b){color:crimson}");
customElements.define("shop-card", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [shared];
    const style = document.createElement("style");
    style.textContent = ".body{background:linear-gradient(90deg,gold,tomato);padding:16px;border-radius:12px}";
    const body = document.createElement("div");
    body.className = "body";
    const title = document.createElement("slot");
    title.name = "title";
    body.append(title, document.createElement("slot"));
    root.append(style, body);
  }
});
const sheet = document.head.appendChild(document.createElement("style")).sheet;
sheet.insertRule("#scripted{background:navy;color:white;padding:20px;font-size:24px}");
const page = new CSSStyleSheet();
page.replaceSync(".adopted{background:seagreen;color:white;padding:20px}");
document.adoptedStyleSheets = [page];
shared.insertRule(":host{box-shadow:0 4px 12px #0006}", 1);
</script>`;

/** What stores have begun to use, and a page written from right to left. */
const modern =
  () => `<section dir="rtl" class="rtl"><h2>\u0645\u0631\u062d\u0628\u0627</h2><p>\u0623\u0647\u0644\u0627</p><button>\u0634\u0631\u0627\u0621</button></section>
<svg width="0" height="0"><symbol id="cup" viewBox="0 0 24 24"><path d="M4 4h14v8a7 7 0 0 1-14 0z"/></symbol></svg>
<div class="wrap"><article><svg class="icon"><use href="#cup"/></svg><p>In a container</p></article></div>
<picture><source media="(min-width:600px)" srcset="/stand-in/400x200-90.png"><img src="/stand-in/200x200-30.png" alt=""></picture>
<img srcset="/stand-in/300x150-60.png 1x, /stand-in/600x300-60.png 2x" src="/stand-in/100x50-10.png" alt="">
<div class="painted"></div><details open><summary>Delivery</summary>Two days</details><progress value=".4"></progress>
<meter value=".7"></meter><div class="layers">Layers</div><div class="nest"><b>Nested</b></div>
<fieldset><label><input type="checkbox" checked> Gift</label> <label><input type="radio" name="size" checked> Large</label>
<input type="range" value="70"> <select><option>One</option><option selected>Two</option></select></fieldset>
<iframe srcdoc="<style>body{background:khaki;font:20px serif}</style><p>A frame of this page</p>" width="300" height="90"></iframe>
<iframe src="/framed" width="300" height="90"></iframe>`;
const MODERN = `@layer base,top;@layer top{.layers{background:purple;color:white}}@layer base{.layers{background:red;padding:12px}}
.rtl{background:light-dark(#eef,#223);padding:12px}.wrap{container-type:inline-size}.icon{width:48px;height:48px;fill:brown}
@container (min-width:400px){article{display:flex;gap:20px;background:#fde}}.nest{padding:8px;& b{color:orange}&:has(b){background:#222}}
.painted{height:120px;background:url(/stand-in/120x80-200.png) repeat-x 10px 20px/60px 40px,image-set("/stand-in/90x60-150.png" 1x) no-repeat right/90px 60px,conic-gradient(red,blue);
clip-path:polygon(0 0,100% 0,90% 100%,0 90%);filter:saturate(.7)}h2::before{content:"\\2605 ";color:gold}`;

export const labPages = {
  "/": () => page("Start", "<h1>Bench</h1><p>A store to begin at.</p>"),
  // 6 nodes a row with the white space between: 1,000 rows are 6,000.
  "/listing": () => page("Listing", `<h1>Listing</h1><div id="list">${rows(1_000)}</div>`),
  "/shop": () => page("Shop", shop()),
  "/components": () => page("Components", components()),
  "/modern": () => page("Modern", modern(), MODERN),
  "/framed": () => page("Framed", "<p>From this store</p>", "body{background:lightblue}"),
  "/watch": () =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stock</title></head><body></body></html>`,
};

/** Those that are looked at beside the pages of others. */
export const LAB_PAGES = ["/listing", "/shop", "/components", "/modern"];

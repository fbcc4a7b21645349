/** Stores that are odd: what they did to their own page harms neither the share nor them. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Desk } from "./desk.mjs";
import { lab, Played } from "./played.mjs";
import { inControl, until } from "./sharing.mjs";

const FORM = `<main><h1 id="title">Cups</h1>
  <form id="form" action="/odd"><input id="name" name="name" value="Ada" aria-label="Name">
    <input id="box" type="checkbox" name="box" aria-label="Gift"></form>
  <button id="hit">Hit</button>
  <div id="note" contenteditable="true" role="textbox" aria-label="Note">Note</div></main>
  <script nonce="lab">
    window.heard = [];
    for (const type of ["input", "change", "click"])
      document.querySelector("main").addEventListener(type, (event) => heard.push(type + " " + event.target.id));
  </script>`;

/** What libraries of another age do to a page before anybody else comes. */
const OLD_LIBRARY = `<script nonce="lab">
  Array.prototype.toJSON = function () { return "[" + this.map(String) + "]"; };
  Array.prototype.last = function () { return this[this.length - 1]; };
  Object.prototype.extend = function () { return this; };
  Array.from = function (item) { return item == null ? [] : [].concat(item); };
  window.Event = function Event(event) { this.event = event; };
  Function.prototype.bind = function (self) { const act = this; return function () { return act.apply(self, arguments); }; };
  Element.prototype.show = function () { this.style.display = ""; };
  window.theirs = { from: Array.from, toJSON: Array.prototype.toJSON, Event, insert: CSSStyleSheet.prototype.insertRule };
</script>`;

const UNSET = `<style nonce="lab">* { all: unset !important } html { display: block !important }
  comptoir-share, [popover], div { display: none !important; position: static !important }</style>`;

const CANVAS = `<h1>Engraving</h1>
  <canvas id="plate" width="320" height="120"></canvas><canvas id="round" width="200" height="200"></canvas>
  <video id="film" width="320" height="180" autoplay muted loop src="/film.webm" poster="/poster.png"></video>
  <script nonce="lab">
    window.read = [];
    for (const [owner, name] of [[HTMLCanvasElement, "toDataURL"], [HTMLCanvasElement, "toBlob"],
        [CanvasRenderingContext2D, "getImageData"], [WebGLRenderingContext, "readPixels"]]) {
      const theirs = owner.prototype[name];
      owner.prototype[name] = function (...all) { read.push(name); return theirs.apply(this, all); };
    }
    const pen = plate.getContext("2d");
    window.turn = () => { pen.fillRect(Math.random() * 300, 10, 20, 20); };
    turn();
    round.getContext("webgl")?.clear(0);
  </script>`;

const clean = [];
let desk;
let origin;
before(async () => {
  const t = { after: (act) => clean.unshift(act) };
  desk = await Desk.start(t);
  const ws = desk.console.replace("http", "ws");
  const policy = `default-src 'none'; script-src 'nonce-lab' ${desk.console}; style-src 'self' 'nonce-lab';
    img-src 'self' data: ${desk.console}; connect-src 'self' ${desk.console} ${ws}; base-uri 'none'; form-action 'self';
    object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'`.replace(/\s+/g, " ");
  const watch = `<script nonce="lab">window.broken = [];
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) =>
      broken.push(effectiveDirective + " " + blockedURI + " " + sample));</script>`;
  origin = await lab(t, desk, {
    "/strict": { headers: { "content-security-policy": policy }, head: watch, body: FORM },
    "/odd": { head: OLD_LIBRARY, body: FORM },
    "/clobbered": `<form id="form" class="wide" action="/x">${[
      "id name action method title target attributes children submit style parentNode nextSibling length elements",
      "childNodes firstChild hidden labels value type checked matches closest",
    ]
      .join(" ")
      .split(" ")
      .map((name) => `<input name="${name}" aria-label="${name}">`)
      .join("")}</form><p id="after">After the form</p><button id="hit">Hit</button>`,
    "/unset": { head: UNSET, body: FORM },
    "/canvas": CANVAS,
  });
});
after(async () => {
  for (const act of clean.reverse()) await act();
});

async function sharing(path, options = {}) {
  const played = await Played.on(desk, { url: `${origin}${path}`, width: 1280, height: 900, ...options });
  await played.sees();
  return played;
}
const heard = (page) => page.evaluate("heard.join(' ')");
const inPicture = (played, text) => played.until(() => JSON.stringify(played.events()).includes(text));

test("under Trusted Types and a strict policy all of it works, and nothing is reported", async () => {
  const played = await sharing("/strict", { settings: { show: "all" } });
  const { page } = played;
  await inPicture(played, "Cups");
  await played.drives();
  assert.equal(await played.click("hit"), "done");
  assert.equal(await played.set("name", "Grace"), "done");
  assert.equal(await played.set("note", "For the cellar"), "done");
  assert.equal(await page.locator("#note").textContent(), "For the cellar");
  assert.equal(await played.click("box"), "done");
  await page.evaluate(() => {
    const title = document.querySelector("#title");
    title.style.color = "rgb(1, 2, 3)";
    title.style.marginTop = "3px";
    title.append(" and bowls");
  });
  await inPicture(played, "and bowls");
  await inPicture(played, "rgb(1, 2, 3)");
  assert.deepEqual(await page.evaluate("broken"), []);
  await played.after("stop_sharing", () => played.stop.click());
  assert.deepEqual(await page.evaluate("broken"), []);
});

test("an old library's own toJSON, Array.from and Event: the page is shown and driven, and keeps them", async () => {
  // With the real server: what plays one in the other journeys does not stand such a page itself.
  const { tab, visitor, shared } = await inControl(desk, { path: `${origin}/odd` });
  const { page } = visitor;
  await tab.shows("Cups");
  await tab.clicks(tab.picture.getByLabel("Gift"));
  await until(() => page.locator("#box").isChecked(), "the box is checked");
  await tab.clicks(tab.picture.getByRole("button", { name: "Hit" }));
  await until(async () => (await heard(page)).includes("click hit"), "the button was heard");
  assert.match(await heard(page), /input box.*change box.*click hit/);
  await page.evaluate('document.querySelector("#title").append(" and bowls")');
  await tab.shows("and bowls");
  await shared.stops();
  await tab.says("stopped sharing");
  const same = await page.evaluate(
    `[Array.from === theirs.from, Array.prototype.toJSON === theirs.toJSON, Event === theirs.Event,
      CSSStyleSheet.prototype.insertRule === theirs.insert].every(Boolean)`,
  );
  assert.ok(same, "the store has its own again");
  assert.ok(!visitor.complaints.some((one) => one.startsWith("page error")), visitor.complaints.join());
});

test("a form whose fields are called like what a form can do is shown, and changes after it too", async () => {
  const played = await sharing("/clobbered");
  await inPicture(played, "After the form");
  assert.ok(JSON.stringify(played.events()).includes('"class":"wide"'));
  await played.page.evaluate(() => document.querySelector("#after").append(", still here"));
  await inPicture(played, "still here");
  await played.drives();
  assert.equal(await played.click("hit"), "done");
});

test("a store that unsets everything hides neither question, banner nor pointer", async () => {
  const played = await sharing("/unset");
  const { page } = played;
  const bar = await page.getByRole("region", { name: "Shared page" }).boundingBox();
  assert.ok(bar.height >= 44 && bar.y + bar.height <= 900 && bar.width > 200);
  const top = () => page.evaluate(() => document.querySelector("h1").getBoundingClientRect().top);
  const before = await top();
  await played.drives();
  assert.equal(await played.click("hit"), "done");
  assert.equal(await top(), before);
  await played.after("take_back_control", () => played.takeBack.click());
  await played.after("stop_sharing", () => played.stop.click());
});

test("canvas and video stay blank boxes of their size, are said to be, and nothing of a canvas is read", async () => {
  const played = await sharing("/canvas");
  const { page } = played;
  await played.until(() => {
    const lacks = played.said("describe_page").at(-1)?.page.lacks ?? [];
    return lacks.includes("canvas") && lacks.includes("video");
  });
  await page.evaluate(() => {
    for (let i = 0; i < 20; i++) turn();
    document.querySelector("h1").append(" done");
  });
  await inPicture(played, "done");
  const all = JSON.stringify(played.events());
  assert.ok(!/rr_dataURL|rr_media|film\.webm|"source":9/.test(all));
  const sizes = {};
  const walk = (node) => {
    if (/canvas|video/.test(node.tagName)) sizes[node.attributes.id] = node.attributes;
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(played.events().find(({ type }) => type === 2).data.node);
  assert.equal(sizes.plate.width, "320");
  assert.equal(sizes.film.height, "180");
  assert.ok(!("autoplay" in sizes.film) && !("src" in sizes.film));
  assert.deepEqual(await page.evaluate("read"), []);
});

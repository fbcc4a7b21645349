/** What comes after the first picture: a font, a picture in a shadow root, a page out of the browser's memory. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Desk } from "./desk.mjs";
import { squareFont } from "./font.mjs";
import { lab } from "./played.mjs";
import { inControl, inShare, SharedPage, until } from "./sharing.mjs";

const square = (colour) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="${colour}"/></svg>`;
const svg = (colour) => ({ type: "image/svg+xml", bytes: square(colour) });

const COMPONENT = `<h1>Cups</h1><cup-card id="card"></cup-card><script>
  customElements.define("cup-card", class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: "open" }).innerHTML = '<img id="cup" alt="Cup" src="/red.svg">';
    }
  });
</script>`;

const clean = [];
let desk;
let origin;
before(async () => {
  const t = { after: (act) => clean.unshift(act) };
  // Playwright's own browsers keep no page in memory; a visitor's do.
  desk = await Desk.start(t, { without: ["--disable-back-forward-cache"] });
  origin = await lab(t, desk, {
    "/font": {
      head: '<link rel="stylesheet" href="/font.css">',
      body: '<h1>Cups</h1><p id="late">Wide words</p>',
    },
    "/font.css": {
      type: "text/css",
      bytes: `@font-face { font-family: Square; src: url(/square.ttf) } .wide { font-family: Square }`,
    },
    "/square.ttf": { type: "font/ttf", headers: { "cache-control": "max-age=600" }, bytes: squareFont() },
    "/component": COMPONENT,
    "/red.svg": svg("red"),
    "/blue.svg": svg("blue"),
    "/first": `<h1 id="where">First page</h1><a id="on" href="/second">Second</a>`,
    "/second": `<h1 id="where">Second page</h1>`,
    "/slow": `<h1>Slow page</h1><img src="/never.jpg" alt="">`,
    "/never.jpg": { never: true },
  });
});
after(async () => {
  for (const act of clean.reverse()) await act();
});

test("a font that is first used after the picture was sent is used in the agent's picture too", async () => {
  const { tab, visitor } = await inShare(desk, { path: `${origin}/font` });
  await tab.shows("Wide words");
  const late = tab.picture.locator("#late");
  const width = () =>
    late.evaluate((p) => {
      const range = p.ownerDocument.createRange();
      range.selectNodeContents(p);
      return Math.round(range.getBoundingClientRect().width);
    });
  const before = await width();
  await visitor.page.evaluate('late.className = "wide"');
  await visitor.page.waitForFunction('document.fonts.check("16px Square")');
  await until(async () => (await width()) !== before, "the words have another width");
  const theirs = await visitor.page.evaluate(() => {
    const range = document.createRange();
    range.selectNodeContents(late);
    return Math.round(range.getBoundingClientRect().width);
  });
  await until(async () => (await width()) === theirs, "the words are as wide as the visitor's");
});

test("a picture that changes inside a shadow root changes at the agent's", async () => {
  const { tab, visitor } = await inShare(desk, { path: `${origin}/component` });
  const cup = tab.picture.locator("#cup");
  const shown = () => cup.evaluate((image) => fetch(image.src).then((answer) => answer.text()));
  await until(async () => (await shown()).includes("red"), "the red cup is shown");
  await visitor.page.evaluate('card.shadowRoot.querySelector("img").src = "/blue.svg"');
  await until(async () => (await shown()).includes("blue"), "the blue cup is shown");
});

test("a page that comes back out of the browser's memory is shared and driven on", async () => {
  const { tab, visitor } = await inControl(desk, { path: `${origin}/first` });
  const { page } = visitor;
  const shared = new SharedPage(visitor);
  await page.evaluate(() => {
    window.mark = "the same document";
    addEventListener("pageshow", ({ persisted }) => {
      window.kept = persisted;
    });
  });
  await tab.clicks(tab.picture.locator("#on"));
  await tab.shows("Second page");
  await shared.bannerSays("Camille drives this page");
  await page.evaluate("history.back()").catch(() => undefined);
  await tab.shows("First page");
  await page.waitForFunction("window.kept === true && window.mark === 'the same document'");
  await shared.bannerSays("Camille drives this page");
  await page.evaluate('where.append(" again")');
  await tab.shows("First page again");
  await tab.says("You drive the page");
  await page.keyboard.press("Escape");
  await tab.says("took control back");
  await shared.stops();
  await tab.says("stopped sharing");
  assert.equal(await page.evaluate("sessionStorage['comptoir:share']"), undefined);
});

test("the next page is shown to the agent while a picture of it still loads", async () => {
  const { tab, visitor, shared } = await inShare(desk, { path: `${origin}/first` });
  await visitor.page.evaluate('location.href = "/slow"');
  await tab.shows("Slow page");
  await shared.bannerSays("Camille sees this page");
  assert.notEqual(await visitor.page.evaluate("document.readyState"), "complete");
});

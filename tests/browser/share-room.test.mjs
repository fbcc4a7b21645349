/** The banner of a shared page beside what a store has fixed to the bottom of the screen: neither covers the other. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Desk } from "./desk.mjs";
import { lab, Played } from "./played.mjs";

const PHONE = { width: 390, height: 844, touch: true };
const STYLE = `<style>body { margin: 8px; min-height: 2500px }
  .cookies { position: fixed; inset: auto 0 0 0; height: 120px; background: #eee; z-index: 2147483647 }
  .buy { position: fixed; inset: auto 0 0 0; height: 56px; background: #ddd; z-index: 10 }
  .wall { position: fixed; inset: 0; background: #fff; z-index: 2147483647 }</style>`;
const COOKIES = `<div class="cookies" id="cookies"><button id="accept" onclick="cookies.remove()">Accept cookies</button></div>`;
const BUY = `<div class="buy"><button>Buy now</button></div><cookie-bar id="cookies"></cookie-bar>`;
const WALL = `<div class="wall"><p>Choose a country</p></div>`;

const clean = [];
let desk;
let origin;
before(async () => {
  const t = { after: (act) => clean.unshift(act) };
  desk = await Desk.start(t);
  origin = await lab(t, desk, { "/": { head: STYLE, body: "<h1>Cups</h1>" } });
});
after(async () => {
  for (const act of clean.reverse()) await act();
});

/** A page that is shared, and then what the store lays over it. */
async function sharing(over, options) {
  const played = await Played.on(desk, { url: `${origin}/`, ...options });
  await played.sees();
  await bar(played).getByText("Camille sees this page").waitFor();
  await played.page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), over);
  return played;
}
const bar = (played) => played.page.getByRole("region", { name: "Shared page" });
const bottom = ({ y, height }) => Math.round(y + height);

/** Waits until the banner stands so that its lower edge is at `edge`. */
async function standsAt(played, edge) {
  await played.page.waitForFunction((edge) => {
    const root = document.querySelector("comptoir-share")?.shadowRoot;
    const box = root?.querySelector(".bar")?.getBoundingClientRect();
    return box && Math.abs(box.bottom - edge) <= 1;
  }, edge);
}

for (const [screen, options, gap] of [
  ["phone", PHONE, 0],
  ["desk", { width: 1280, height: 800 }, 16],
])
  test(`${screen}: a cookie bar can be read and answered while Stop is in reach, and the banner comes down after`, async () => {
    const played = await sharing(COOKIES, options);
    const { page } = played;
    const height = options.height;
    await standsAt(played, height - 120 - gap);
    const theirs = await page.locator("#cookies").boundingBox();
    const ours = await bar(played).boundingBox();
    assert.ok(bottom(ours) <= Math.round(theirs.y) + 1);
    await page.locator("#accept").click();
    await page.locator("#cookies").waitFor({ state: "detached" });
    await standsAt(played, height - gap);
    await played.after("stop_sharing", () => played.stop.click());
  });

test("a buy button and above it a cookie bar of a web component: the banner stands above both", async () => {
  const played = await sharing(BUY, PHONE);
  await played.page.evaluate(() => {
    const shadow = document.querySelector("#cookies").attachShadow({ mode: "open" });
    shadow.innerHTML = `<div style="position:fixed;inset:auto 0 56px 0;height:100px;background:#eee;z-index:9">
      <button>Accept cookies</button></div>`;
  });
  await standsAt(played, 844 - 156);
  await played.page.getByRole("button", { name: "Buy now" }).tap();
  await played.page.getByRole("button", { name: "Accept cookies" }).tap();
  // The chat opens over the page, down to the banner.
  await bar(played)
    .getByRole("button", { name: /^Open chat/ })
    .tap();
  await played.page.getByRole("dialog").waitFor();
  const panel = await played.page.getByRole("dialog").boundingBox();
  await played.page.waitForFunction(() => {
    const share = document
      .querySelector("comptoir-share")
      .shadowRoot.querySelector(".bar")
      .getBoundingClientRect();
    return Math.abs(share.bottom - innerHeight) <= 1;
  });
  assert.ok(panel.height > 600);
  await played.after("stop_sharing", () => played.stop.tap());
});

test("a layer over the whole screen is no bar: the banner stays where it is, on top of it", async () => {
  const played = await sharing(WALL, PHONE);
  await standsAt(played, 844);
  await played.after("stop_sharing", () => played.stop.tap());
});

/** A shared page from the visitor's side: the banner on top of everything, page after page, until it ends. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Desk } from "./desk.mjs";
import { CAMILLE, lab, NOOR, Played } from "./played.mjs";

const TOP = `<style>body { margin: 8px; min-height: 2000px }</style>
  <a id="next" href="/next">Next</a> <a id="pay" href="/pay">Pay</a> <a id="secret" href="/off">Account</a>
  <input id="field" aria-label="Field">
  <button id="hit" onclick="window.hits = (window.hits || 0) + 1">Hit</button>
  <dialog id="dialog"><p>Store's dialog</p><input id="inside"><button id="close">Close</button></dialog>
  <div id="full" style="background:#fff">Full <button>In it</button></div>`;
const PAGES = {
  "/": TOP,
  "/next": `<a id="back" href="/">Back</a><button id="here">Here</button>`,
  "/pay": `<label>Card number <input id="card" autocomplete="cc-number"></label><button id="buy">Pay</button>`,
  "/off": `<h1>Account</h1>`,
  "/around": `<h1>Around</h1><iframe src="/next" width="300" height="200"></iframe>`,
};
const settled = (page) => page.waitForTimeout(800);

/** The same desk and store for all: a desk of its own for each would only cost time. */
const clean = [];
let desk;
let origin;
before(async () => {
  const t = { after: (act) => clean.unshift(act) };
  desk = await Desk.start(t);
  origin = await lab(t, desk, PAGES);
});
after(async () => {
  for (const act of clean.reverse()) await act();
});

async function sharing(options = {}) {
  const played = await Played.on(desk, { url: `${origin}/`, width: 1280, height: 900, ...options });
  await played.sees();
  return played;
}

const bar = (played) => played.page.getByRole("region", { name: "Shared page" });
const says = (played, text) => bar(played).getByText(text).waitFor();

test("the banner says who sees and who drives, and Escape takes back before it stops", async () => {
  const played = await sharing();
  const { page } = played;
  await says(played, "Camille sees this page");
  await played.drives();
  await says(played, "Camille drives this page");
  assert.equal(await played.click("hit"), "done");
  await page.locator("#field").focus();
  const taken = await played.after("take_back_control", () => page.keyboard.press("Escape"));
  assert.equal(taken.epoch, played.epoch);
  await says(played, "Camille sees this page");
  assert.equal(await played.click("hit"), "stale");
  // Outside of the banner Escape is the store's again; inside it stops.
  await page.keyboard.press("Escape");
  await played.stop.focus();
  await played.after("stop_sharing", () => page.keyboard.press("Escape"));
  await says(played, "You stopped sharing");
  assert.equal(await page.evaluate("sessionStorage['comptoir:share']"), undefined);
});

test("ten thousand orders of a server that lies: none runs after taking back", async () => {
  const played = await sharing();
  const { page } = played;
  await played.drives();
  const node = played.node("hit");
  const action = { type: "click", at: { node, fx: 0.5, fy: 0.5 }, button: "left" };
  let n = 0;
  const storm = (count, epoch) => {
    for (let i = 0; i < count; i++) played.tell({ type: "action_ordered", n: ++n, epoch, action });
  };
  storm(500, played.epoch);
  await page.evaluate(() => {
    window.after = 0;
    window.hits = 0;
  });
  await played.after("take_back_control", async () => {
    storm(500, played.epoch);
    await played.takeBack.click();
    storm(4_000, played.epoch);
  });
  const hits = await page.evaluate("window.hits || 0");
  storm(2_500, played.epoch);
  storm(2_500, played.epoch + 1);
  // A quarter at a time: ten thousand frames take a browser a while.
  for (const part of [0.25, 0.5, 0.75, 1])
    await played.until(() => played.said("report_action").some((frame) => frame.n >= n * part));
  assert.deepEqual(played.said("report_action").at(-1).outcome, { type: "refused", why: "stale" });
  assert.equal(await page.evaluate("window.hits || 0"), hits);
});

test("with the network cut, taking back and stopping act at once", async () => {
  const played = await sharing();
  await played.drives();
  await played.visitor.context.setOffline(true);
  await played.takeBack.click();
  assert.equal(await bar(played).getByText("drives").count(), 0);
  assert.equal(await played.click("hit"), "stale");
  await played.stop.click();
  await says(played, "You stopped sharing");
  await played.visitor.context.setOffline(false);
});

test("a store's modal dialog: Stop works by mouse and keyboard, and the banner goes home after", async () => {
  const played = await sharing();
  const { page } = played;
  const home = () => page.evaluate(() => document.querySelector("comptoir-share").parentElement.localName);
  await page.evaluate("dialog.showModal()");
  await page.waitForFunction(
    () => document.querySelector("comptoir-share").parentElement.localName === "dialog",
  );
  await played.drives();
  await played.after("take_back_control", () => played.takeBack.click());
  await page.evaluate("dialog.close()");
  await page.waitForFunction(
    () => document.querySelector("comptoir-share").parentElement.localName === "html",
  );
  await page.evaluate("dialog.showModal()");
  await page.waitForFunction(
    () => document.querySelector("comptoir-share").parentElement.localName === "dialog",
  );
  // A dialog that is taken out of the page takes nothing of ours with it.
  await page.evaluate("dialog.remove()");
  await page.waitForFunction(
    () => document.querySelector("comptoir-share")?.parentElement.localName === "html",
  );
  assert.equal(await home(), "html");
  await played.stop.focus();
  await played.after("stop_sharing", () => page.keyboard.press("Enter"));
});

test("a full-screen element of the store: Stop works", async () => {
  const played = await sharing();
  await played.page.locator("#full").click();
  await played.page.evaluate("full.requestFullscreen()");
  await played.page.waitForFunction(() => document.fullscreenElement !== null);
  await played.after("stop_sharing", () => played.stop.click());
});

test("a banner that cannot be reached ends control and pauses the picture", async () => {
  const played = await sharing();
  const { page } = played;
  await played.drives();
  await page.evaluate(() => {
    const over = Object.assign(document.createElement("div"), { id: "over", popover: "manual" });
    over.style.cssText = "position:fixed;inset:0;width:100vw;height:100vh;margin:0";
    document.body.append(over);
    window.keep = setInterval(() => {
      over.hidePopover();
      over.showPopover();
    }, 1);
  });
  await played.until(() => played.said("take_back_control").length > 0);
  await says(played, /Paused/);
  await settled(page);
  const sent = played.data.length;
  await page.evaluate("field.value = 'x'; document.body.append('more')");
  await settled(page);
  assert.equal(played.data.length, sent);
  await page.evaluate("clearInterval(keep); over.remove()");
  await says(played, "Camille sees this page");
  await played.until(() => played.data.length > sent);
});

test("control goes on to the next page, and back by the history", async () => {
  const played = await sharing();
  await played.drives();
  const first = played.data.at(-1).doc;
  assert.equal(await played.click("next"), "done");
  await played.until(() => played.data.some(({ kind, doc }) => kind === 1 && doc > first));
  const resumed = played.said("resume_share").at(-1);
  assert.equal(resumed.epoch, played.epoch);
  assert.equal(resumed.key, "k1");
  await says(played, "Camille drives this page");
  assert.equal(await played.click("here"), "done");
  const opened = played.opened;
  assert.equal(await played.order({ type: "back" }), "done");
  await played.until(() => played.opened > opened);
  await says(played, "Camille drives this page");
  assert.equal(new URL(played.page.url()).pathname, "/");
});

test("a frame of the same store, with the snippet in it too, leaves the share to the page around it", async () => {
  const played = await sharing();
  const { page } = played;
  await page.goto(`${origin}/around`);
  await page.frameLocator("iframe").locator("comptoir-launcher").waitFor({ state: "attached" });
  await says(played, "Camille sees this page");
  const told = () => played.said("describe_page").map(({ page }) => new URL(page.url).pathname);
  await played.until(() => told().includes("/around"));
  await settled(page);
  assert.equal(told().at(-1), "/around");
  assert.ok(!told().includes("/next"), "the frame shares nothing by itself");
});

test("a server that has another grant than the page gets none", async () => {
  const played = await sharing();
  await played.drives();
  played.stage = { type: "in_control", agent: NOOR, epoch: played.epoch + 3 };
  await played.page.goto(`${origin}/next`);
  const lowered = await played.until(() => played.said("take_back_control")[0]);
  assert.equal(lowered.epoch, played.epoch + 3);
  assert.equal(await played.order({ type: "scroll", x: 0, y: 0 }, played.epoch + 3), "stale");
  played.stage = { type: "sharing", agent: CAMILLE };
  const epoch = await played.drives();
  assert.ok(epoch > played.epoch - 1 && epoch > 4);
});

test("a page with a payment field may only be seen", async () => {
  const played = await sharing();
  await played.drives();
  assert.equal(await played.click("pay"), "done");
  await played.until(() => played.said("describe_page").some(({ page }) => page.rule === "see_only"));
  await says(played, "Camille sees this page");
  assert.notEqual(await played.order({ type: "scroll", x: 0, y: 9 }), "done");
  assert.ok(!JSON.stringify(played.events()).includes("4111"));
});

test("a page where sharing is off ends it, and nothing of it was sent", async () => {
  const played = await sharing({ settings: { off_paths: ["/off"] } });
  const opened = played.opened;
  await played.page.goto(`${origin}/off`);
  const end = await played.until(() => played.said("stop_sharing")[0]);
  assert.equal(end.reason, "page_off");
  assert.equal(played.opened, opened + 1);
  await says(played, /This page is not shared/);
  assert.ok(!JSON.stringify(played.events()).includes("Account</h1>"));
});

test("nobody watches: nothing is sent until somebody does", async () => {
  const played = await sharing();
  const { page } = played;
  played.tell({ type: "watchers_changed", watchers: [] });
  await says(played, "Paused: nobody is looking");
  await settled(page);
  const sent = played.data.length;
  await page.evaluate("document.body.append('more')");
  await settled(page);
  assert.equal(played.data.length, sent);
  played.tell({ type: "watchers_changed", watchers: [CAMILLE, NOOR] });
  await says(played, "Camille · Noor see this page");
  await played.until(() => played.data.slice(sent).some(({ kind }) => kind === 1));
});

test("somebody else takes over: no picture and no order before the visitor agrees to that name", async () => {
  const played = await sharing();
  const { page } = played;
  await played.drives();
  played.tell({
    type: "consent_asked",
    ask: "0190aaaa-0000-7000-8000-00000000fff1",
    agent: NOOR,
    replaces: CAMILLE,
    seconds: 60,
  });
  await page.getByRole("heading", { name: "Noor replaces Camille. Keep sharing?" }).waitFor();
  assert.equal(await played.click("hit"), "stale");
  await settled(page);
  const sent = played.data.length;
  await page.evaluate("document.body.append('more')");
  await settled(page);
  assert.equal(played.data.length, sent);
  played.stage = { type: "sharing", agent: NOOR };
  const answer = await played.agrees("answer_consent");
  assert.equal(answer.granted, true);
  await played.until(() => played.data.slice(sent).some(({ kind }) => kind === 1));
});

test("a page that an agent suggests is opened by the visitor's click, and only on this store", async () => {
  const played = await sharing();
  const { page } = played;
  const bad = [
    "//elsewhere.example/",
    "https://elsewhere.example/",
    "javascript:alert(1)",
    "/\\elsewhere.example/",
    "data:text/html,x",
  ];
  const propose = (path) =>
    played.tell({
      type: "proposed",
      seconds: 30,
      ask: `0190aaaa-0000-7000-8000-0000000f${String(played.n++).padStart(4, "0")}`,
      agent: CAMILLE,
      path,
      title: "Tide mug",
    });
  for (const path of bad) {
    propose(path);
    const open = page.getByRole("button", { name: "Open it" });
    await open.waitFor();
    await settled(page);
    await played.after("answer_proposal", () => open.click());
    await page.waitForTimeout(100);
    assert.equal(page.url(), `${origin}/`);
  }
  propose("/next");
  await page.getByRole("button", { name: "Open it" }).waitFor();
  await settled(page);
  await page.getByRole("button", { name: "Open it" }).click();
  await page.waitForURL(`${origin}/next`);
});

test("a second tab with the same share: the one that was there says where it went, and does not fight", async () => {
  const played = await sharing();
  const { page } = played;
  played.tell({ type: "closing", reason: "other_tab" });
  played.socket.close({ code: 4001, reason: "" });
  await says(played, "Sharing goes on in another tab");
  const { opened } = played;
  await page.waitForTimeout(1_500);
  assert.equal(played.opened, opened);
  assert.equal(await page.evaluate("sessionStorage['comptoir:share']"), undefined);
});

test("a cut: it says so, comes back, and the whole page is sent again", async () => {
  const played = await sharing();
  const { opened } = played;
  const sent = played.data.length;
  played.socket.close({ code: 1012, reason: "" });
  await played.until(() => played.opened > opened);
  await played.until(() => played.data.slice(sent).some(({ kind }) => kind === 1));
  await says(played, "Camille sees this page");
});

test("on a phone the panel makes room, and the bar is the way back to the chat", async () => {
  const played = await sharing({ width: 390, height: 844, touch: true });
  const { page } = played;
  await says(played, "Camille sees this page");
  assert.equal(await page.getByRole("dialog").count(), 0);
  const box = await bar(played).boundingBox();
  assert.equal(Math.round(box.width), 390);
  assert.ok(box.y + box.height <= 844.5);
  for (const button of await bar(played).getByRole("button").all()) {
    const { width, height } = await button.boundingBox();
    assert.ok(width >= 44 && height >= 44);
  }
  await bar(played)
    .getByRole("button", { name: /^Open chat/ })
    .tap();
  await page.getByRole("dialog").waitFor();
  const panel = await page.getByRole("dialog").boundingBox();
  const below = await bar(played).boundingBox();
  assert.ok(panel.y + panel.height <= below.y + 1, "the bar covers the composer");
  await played.after("stop_sharing", () => played.stop.tap());
});

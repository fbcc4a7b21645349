/**
 * A consent is the visitor's own hand on a question that they could see: every other way to press Agree
 * is tried here, in a browser whose shadow roots are open to the scripts of the page.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { lab, Played } from "./played.mjs";

const PAGE = `<style>body { margin: 8px; min-height: 2000px }</style>
  <input id="field" aria-label="Field"> <button id="shop">Shop</button>
  <dialog id="dialog"><p>Store's dialog</p><button id="close">Close</button></dialog>`;

/** In the page: the button, found through our root. */
const AGREE = `[...document.querySelectorAll("comptoir-share")].at(-1).shadowRoot.querySelector(".answers button:last-child")`;

test("ways to press Agree that are no consent", async (t) => {
  const desk = await Desk.start(t);
  const url = `${await lab(t, desk, { "/": PAGE })}/`;
  const played = await Played.on(desk, { url, width: 1280, height: 900 });
  const { page } = played;
  await played.visitor.closes();
  const centre = async () => {
    const { x, y, width, height } = await played.agree.boundingBox();
    return [x + width / 2, y + height / 2];
  };
  const inSight = () => page.waitForTimeout(900);
  /** A question, one way to press it, and nobody has agreed. */
  const tried = (name, press) =>
    t.test(name, async () => {
      const ask = await played.asks();
      await press(ask);
      await page.waitForTimeout(150);
      assert.deepEqual(played.said("answer_share"), []);
      played.chat.send(JSON.stringify({ type: "share_ask_ended", ask }));
      await played.agree.waitFor({ state: "detached" });
    });

  await tried("a script's click()", async () => {
    await inSight();
    await page.evaluate(`${AGREE}.click()`);
  });
  await tried("a click event made by a script", async () => {
    await inSight();
    await page.evaluate(
      `${AGREE}.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, detail: 1 }))`,
    );
  });
  await tried("a whole sequence of pointer events made by a script", async () => {
    await inSight();
    await page.evaluate(`for (const [Kind, name] of [[PointerEvent, "pointerdown"], [MouseEvent, "mousedown"], [PointerEvent, "pointerup"], [MouseEvent, "mouseup"], [PointerEvent, "click"]])
      ${AGREE}.dispatchEvent(new Kind(name, { bubbles: true, composed: true, button: 0, detail: 1 }))`);
  });
  await tried("Enter and Space made by a script on the focused button", async () => {
    await inSight();
    await page.evaluate(`{ const agree = ${AGREE}; agree.focus(); for (const key of ["Enter", " "]) for (const name of ["keydown", "keypress", "keyup"])
      agree.dispatchEvent(new KeyboardEvent(name, { key, bubbles: true, composed: true })); agree.blur(); }`);
  });
  await tried("Space and Enter typed into a field of the store as the question appears", async () => {
    await page.locator("#field").focus();
    for (let i = 0; i < 12; i++) await page.keyboard.press(i % 2 ? "Enter" : "Space");
    assert.equal(await page.evaluate("document.activeElement.id"), "field");
    assert.match(await page.locator("#field").inputValue(), /^ +$/);
  });
  await tried("the visitor's own click before half a second has passed", async () => {
    await page.mouse.click(...(await centre()));
  });
  await t.test("a button that was held down while the question appeared under it", async () => {
    await played.asks().then((ask) => played.chat.send(JSON.stringify({ type: "share_ask_ended", ask })));
    const where = await centre().catch(() => [780, 800]);
    await played.agree.waitFor({ state: "detached" });
    await page.mouse.move(...where);
    await page.mouse.down();
    await played.asks();
    await inSight();
    await page.mouse.up();
    await page.waitForTimeout(150);
    assert.deepEqual(played.said("answer_share"), []);
  });
  await tried("a click through something painted over the question", async () => {
    await page.evaluate(`{ const over = Object.assign(document.createElement("div"), { id: "over", popover: "manual" });
      over.style.cssText = "position:fixed;inset:0;width:100vw;height:100vh;margin:0;background:#fff;pointer-events:none"; document.body.append(over); over.showPopover(); }`);
    await inSight();
    await page.mouse.click(...(await centre()));
    await page.evaluate("over.remove()");
  });
  await tried("a click on something that lies over the question", async () => {
    await page.evaluate(`{ const over = Object.assign(document.createElement("button"), { id: "over", popover: "manual", textContent: "Win" });
      over.style.cssText = "position:fixed;inset:0;width:100vw;height:100vh;margin:0"; document.body.append(over);
      window.keep = setInterval(() => { try { over.hidePopover(); } catch {} over.showPopover(); }, 5); }`);
    await inSight();
    await page.mouse.click(...(await centre()));
    await page.evaluate("clearInterval(keep); over.remove()");
  });
  await tried("a question that is moved under the pointer", async () => {
    const [x, y] = await centre();
    await page.mouse.move(x, y - 300);
    await inSight();
    await page.evaluate(
      `{ const page = document.documentElement; ${AGREE}.closest(".stack").style.transform = "translateY(-300px)"; }`,
    );
    await page.mouse.click(x, y - 300);
    await page.evaluate(`${AGREE}.closest(".stack").style.transform = ""`);
  });
  await t.test("pressed on one question and let go on the next", async () => {
    await played.asks();
    await inSight();
    await page.mouse.move(...(await centre()));
    await page.mouse.down();
    await played.asks();
    await page.mouse.up();
    await page.waitForTimeout(150);
    assert.deepEqual(played.said("answer_share"), []);
  });
  await t.test("a question that has ended", async () => {
    const ask = await played.asks();
    await inSight();
    const where = await centre();
    played.chat.send(JSON.stringify({ type: "share_ask_ended", ask }));
    await played.agree.waitFor({ state: "detached" });
    await page.mouse.click(...where);
    await page.waitForTimeout(150);
    assert.deepEqual(played.said("answer_share"), []);
  });

  await t.test("before Agree neither the recorder nor a socket was asked for", async () => {
    assert.equal(played.opened, 0);
    const chunks = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    );
    assert.deepEqual(
      chunks.filter((name) => /\/share-/.test(name)),
      [],
    );
    assert.equal(await page.evaluate("sessionStorage['comptoir:share']"), undefined);
  });
  await t.test("one trusted click on a question that was read is a consent", async () => {
    const ask = await played.asks();
    await inSight();
    await page.mouse.click(...(await centre()));
    const answer = await played.until(() => played.said("answer_share")[0]);
    assert.deepEqual(answer, { type: "answer_share", ask, granted: true });
    await played.until(() => played.data.length > 0);
  });

  await t.test("an agent's own order cannot agree to control", async () => {
    await played.drives();
    const { data } = played.events().find(({ type }) => type === 2);
    const boxes = data.node.childNodes.find(({ tagName }) => tagName === "html").childNodes.slice(-3);
    await played.after("take_back_control", () => played.takeBack.click());
    const before = played.said("answer_control").length;
    played.tell({
      type: "control_asked",
      ask: "0190aaaa-0000-7000-8000-0000000000ff",
      agent: { id: "x", first_name: "Noor" },
      seconds: 30,
    });
    await played.agree.waitFor();
    await inSight();
    for (const { id } of boxes)
      assert.equal(
        await played.order({ type: "click", at: { node: id, fx: 0.5, fy: 0.5 }, button: "left" }),
        "stale",
      );
    await page.evaluate(`${AGREE}.click()`);
    await page.waitForTimeout(150);
    assert.equal(played.said("answer_control").length, before);
    await page.getByRole("button", { name: "Not now" }).click();
    const answer = await played.until(() => played.said("answer_control")[before]);
    assert.equal(answer.granted, false);
  });

  await t.test("Agree works by keyboard too", async () => {
    played.tell({
      type: "control_asked",
      ask: "0190aaaa-0000-7000-8000-0000000000fe",
      agent: { id: "x", first_name: "Noor" },
      seconds: 30,
    });
    await played.agree.focus();
    await inSight();
    const answer = await played.after("answer_control", () => page.keyboard.press("Enter"));
    assert.equal(answer.granted, true);
  });
});

/** What an agent's orders do on a visitor's page, and what they never do: in a real browser, order by order. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { lab, Played } from "./played.mjs";

/** A page that keeps what happens on it in `window.log`. */
const LAB = `
  <style>
    body { font: 16px sans-serif; margin: 8px; }
    section > * { display: block; min-height: 24px; margin: 4px; }
    #cover { position: fixed; left: 300px; top: 0; width: 200px; height: 60px; background: #fffa; }
    #under { position: fixed; left: 320px; top: 10px; }
    #box { height: 60px; width: 200px; overflow: auto; } #box div { height: 600px; }
  </style>
  <section>
    <button id="plain">Plain</button>
    <input id="react" aria-label="Controlled">
    <textarea id="area"></textarea>
    <select id="size"><option>S</option><option>M</option><option disabled>L</option></select>
    <label id="ticklabel"><input id="tick" type="checkbox"> Gift</label>
    <span><input id="r1" type="radio" name="r"> <input id="r2" type="radio" name="r"></span>
    <div id="edit" contenteditable="true">before</div>
    <div id="box"><div>inner</div></div>
    <x-field id="shadow"></x-field>
    <iframe id="frame" srcdoc="<button id='infrm' style='margin:20px'>In a frame</button>"></iframe>
    <form id="search"><input id="q" name="q"><button id="send">Go</button></form>
    <form id="pay"><input id="other" name="other"><input id="pw" type="password" name="pw"><button id="login">Log in</button></form>
    <a id="away" href="https://elsewhere.example/">Away</a>
    <a id="tab" href="/" target="_blank">New tab</a>
    <a id="down" href="/" download>Download</a>
    <a id="mail" href="mailto:a@example.org">Mail</a>
    <input id="file" type="file">
    <button id="off" disabled>Disabled</button>
    <div id="block" data-comptoir-block><button>Blocked</button></div>
    <p id="mask" data-comptoir-mask>Secret words</p>
  </section>
  <button id="under">Under</button><div id="cover"></div>
  <script>
    window.log = [];
    const tell = (name) => (event) => log.push(name + ":" + event.type + (event.isTrusted ? "!" : ""));
    const plain = document.getElementById("plain");
    for (const name of "pointerover pointerenter mouseover mouseenter pointermove mousemove pointerdown mousedown focus pointerup mouseup click pointerout pointerleave mouseout mouseleave".split(" "))
      plain.addEventListener(name, tell("plain"));
    // A controlled input, as React keeps one: its own property sees what scripts set, and only a value that it did not see is news.
    const react = document.getElementById("react");
    let seen = "";
    const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    Object.defineProperty(react, "value", { configurable: true, get() { return native.get.call(this); }, set(value) { seen = String(value); native.set.call(this, value); } });
    window.state = "";
    react.addEventListener("input", () => { const value = native.get.call(react); if (value !== seen) { seen = value; state = value; } native.set.call(react, state); });
    for (const id of ["react", "area", "size", "tick", "edit", "q"])
      for (const name of ["input", "change"]) document.getElementById(id).addEventListener(name, tell(id));
    customElements.define("x-field", class extends HTMLElement {
      constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = "<input id='inner'><button id='inbtn'>In</button>"; this.shadowRoot.getElementById("inbtn").onclick = tell("inbtn"); }
    });
    document.getElementById("frame").onload = ({ target }) => { target.contentDocument.getElementById("infrm").onclick = tell("infrm"); };
    document.getElementById("search").onsubmit = (event) => { event.preventDefault(); log.push("submitted " + new FormData(event.target).get("q")); };
    document.getElementById("pay").onsubmit = (event) => { event.preventDefault(); log.push("PAID"); };
  </script>`;

test("orders on a page", async (t) => {
  const desk = await Desk.start(t);
  const url = `${await lab(t, desk, { "/": LAB })}/`;
  const played = await Played.on(desk, { url, width: 1280, height: 900 });
  const { page } = played;
  await played.visitor.closes();
  await played.sees();
  const log = () => page.evaluate(() => window.log.splice(0));
  const read = (expression) => page.evaluate(expression);

  await t.test("nothing runs before the visitor gave control", async () => {
    assert.equal(await played.click("plain").catch(() => "no"), "stale");
    assert.deepEqual(await log(), []);
  });
  await played.drives();

  await t.test("a click comes in a browser's own order", async () => {
    assert.equal(await played.click("plain"), "done");
    const names = (await log()).map((one) => one.replace("plain:", ""));
    assert.deepEqual(
      names.filter((name) => /down|focus|up|click/.test(name)),
      ["pointerdown", "mousedown", "focus!", "pointerup", "mouseup", "click"],
    );
    assert.ok(names.indexOf("pointerover") < names.indexOf("pointerdown"));
  });

  await t.test("moving on leaves what was hovered", async () => {
    assert.equal(
      await played.order({ type: "move", at: { node: played.node("area"), fx: 0.5, fy: 0.5 } }),
      "done",
    );
    assert.deepEqual(
      (await log()).map((one) => one.split(":")[1]),
      ["pointerout", "mouseout", "pointerleave", "mouseleave"],
    );
  });

  await t.test("a controlled input takes the text, and hears of it in order", async () => {
    assert.equal(await played.set("react", "Oak desk"), "done");
    assert.equal(await read("state"), "Oak desk");
    assert.deepEqual(await log(), ["react:input", "react:change"]);
  });

  await t.test("textarea and editable text take the text", async () => {
    assert.equal(await played.set("area", "Two\nlines", false), "done");
    assert.equal(await read("area.value"), "Two\nlines");
    assert.deepEqual(await log(), ["area:input"]);
    assert.equal(await played.set("edit", "after"), "done");
    assert.equal(await read("edit.textContent"), "after");
    await log();
  });

  await t.test("a select, a checkbox by its label, a radio", async () => {
    const choose = (index) => played.order({ type: "choose", node: played.node("size"), indexes: [index] });
    assert.equal(await choose(1), "done");
    assert.equal(await read("size.value"), "M");
    assert.equal(await choose(2), "disabled");
    assert.equal(await choose(9), "gone");
    assert.equal(await played.click("tick"), "done");
    assert.equal(await read("tick.checked"), true);
    assert.equal(await played.click("r2"), "done");
    assert.equal(await read("r2.checked"), true);
    assert.deepEqual(await log(), ["size:input", "size:change", "tick:input!", "tick:change!"]);
  });

  await t.test("shadow roots and frames of the same origin", async () => {
    assert.equal(await played.set("inner", "deep"), "done");
    assert.equal(await read("shadow.shadowRoot.getElementById('inner').value"), "deep");
    assert.equal(await played.click("inbtn"), "done");
    assert.equal(await played.click("infrm"), "done");
    assert.deepEqual(await log(), ["inbtn:click", "infrm:click"]);
  });

  await t.test("scrolling, in an element and in the page", async () => {
    assert.equal(await played.order({ type: "scroll", node: played.node("box"), x: 0, y: 120 }), "done");
    assert.equal(await read("box.scrollTop"), 120);
    assert.equal(await played.order({ type: "scroll", x: 0, y: 40 }), "done");
    await played.order({ type: "scroll", x: 0, y: 0 });
  });

  await t.test(
    "keys: Enter sends a form, arrows move a radio, Backspace takes a letter, Tab goes on",
    async () => {
      const press = (key, id) => played.order({ type: "press", key, ...(id && { node: played.node(id) }) });
      assert.equal(await played.set("q", "mugs", false), "done");
      assert.equal(await press("backspace"), "done");
      assert.equal(await press("enter"), "done");
      assert.deepEqual(
        (await log()).filter((one) => /submitted/.test(one)),
        ["submitted mug"],
      );
      assert.equal(await press("tab"), "done");
      assert.equal(await read("document.activeElement.id"), "send");
      assert.equal(await press("back_tab"), "done");
      assert.equal(await read("document.activeElement.id"), "q");
      assert.equal(await press("up", "r2"), "done");
      assert.equal(await read("r1.checked"), true);
      await log();
    },
  );

  await t.test("what is not the agent's is refused, each with its code", async () => {
    const refused = {
      away: "off_site",
      tab: "new_tab",
      down: "download",
      mail: "scheme",
      file: "file",
      off: "disabled",
      pw: "secret",
      mask: "secret",
      login: "form_secret",
      under: "covered",
    };
    for (const [id, why] of Object.entries(refused)) assert.equal(await played.click(id), why, id);
    // What is blocked has no name in the picture: it is the next one.
    const blocked = { node: played.node("off") + 3, fx: 0.5, fy: 0.5 };
    assert.equal(await played.order({ type: "click", at: blocked, button: "left" }), "secret");
    assert.equal(await played.set("pw", "x"), "secret");
    assert.equal(await played.set("plain", "x"), "wrong_kind");
    assert.equal(await played.set("file", "x"), "file");
    const enter = { type: "press", key: "enter", node: played.node("other") };
    assert.equal(await played.order(enter), "form_secret");
    for (const path of [
      "//elsewhere.example/",
      "https://elsewhere.example/",
      "javascript:alert(1)",
      "/\\\\elsewhere.example",
      "lab",
    ])
      assert.equal(await played.order({ type: "go", path }), "off_site", path);
    assert.equal(
      await played.order({ type: "click", at: { node: 99_999, fx: 0, fy: 0 }, button: "left" }),
      "gone",
    );
    assert.deepEqual(await log(), []);
  });

  await t.test("our own banner is not the agent's", async () => {
    const node = ownNode(played);
    assert.equal(await played.order({ type: "click", at: { node, fx: 0, fy: 0 }, button: "left" }), "own_ui");
    assert.equal(await played.order({ type: "press", key: "enter", node }), "own_ui");
  });

  await t.test("an order delivered twice runs once", async () => {
    const action = { type: "click", at: { node: played.node("plain"), fx: 0.5, fy: 0.5 }, button: "left" };
    assert.equal(await played.order(action), "done");
    const { n, epoch } = played;
    for (let i = 0; i < 5; i++) played.tell({ type: "action_ordered", n, epoch, action });
    assert.equal(await played.order({ type: "scroll", x: 0, y: 0 }), "done");
    assert.equal((await log()).filter((one) => one === "plain:click").length, 1);
  });

  await t.test("the visitor's own hands win for 700 ms", async () => {
    await page.mouse.move(600, 600);
    await page.mouse.down();
    await page.mouse.up();
    assert.equal(await played.click("plain"), "visitor_active");
    await page.waitForTimeout(800);
    assert.equal(await played.click("plain"), "done");
    await log();
  });

  await t.test("more than fifty orders a second are too fast", async () => {
    await page.waitForTimeout(1_000);
    const outcomes = await Promise.all(
      Array.from({ length: 70 }, () => played.order({ type: "scroll", x: 0, y: 0 })),
    );
    assert.ok(outcomes.includes("too_fast"));
    assert.ok(outcomes.filter((one) => one === "done").length >= 40);
    await page.waitForTimeout(1_000);
  });

  await t.test("after taking back nothing runs, whatever epoch the server names", async () => {
    await log();
    await played.after("take_back_control", () => played.takeBack.click());
    for (const epoch of [played.epoch, played.epoch + 1, played.epoch + 2, 0]) {
      const action = { type: "click", at: { node: played.node("plain"), fx: 0.5, fy: 0.5 }, button: "left" };
      assert.equal(await played.order(action, epoch), "stale");
    }
    assert.deepEqual(await log(), []);
  });
});

/** The recorder's number of what stands after the body: the launcher's host, an empty box in the picture. */
function ownNode(played) {
  const { data } = played.events().find(({ type }) => type === 2);
  const page = data.node.childNodes.find(({ tagName }) => tagName === "html");
  return page.childNodes.at(-1).id;
}

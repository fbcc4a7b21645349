/**
 * Fields as frameworks hold them, each listened to and written back as that framework does it: an agent's
 * order reaches the model, and what the model then writes into the field reaches the agent's picture.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Desk } from "./desk.mjs";
import { lab, Played } from "./played.mjs";

/** React keeps a setter of its own on each field, from before the recorder came, and listens at its root. */
const REACT = `<div id="root"><input id="name" value=""><input id="gift" type="checkbox">
    <input id="small" type="radio" name="size" value="s"><input id="large" type="radio" name="size" value="l">
    <select id="colour"><option value="w">White</option><option value="b">Blue</option></select>
    <button id="all">Gift</button></div><script>
  window.model = { name: "", gift: false, size: "", colour: "w" };
  const tracked = new Map();
  for (const field of root.querySelectorAll("input")) {
    const key = /checkbox|radio/.test(field.type) ? "checked" : "value";
    const theirs = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, key);
    tracked.set(field, { key, seen: String(field[key]) });
    Object.defineProperty(field, key, {
      configurable: true,
      get() { return theirs.get.call(this); },
      set(value) { tracked.get(this).seen = String(value); theirs.set.call(this, value); },
    });
  }
  const draw = () => {
    root.querySelector("#name").value = model.name;
    gift.checked = model.gift;
    small.checked = model.size === "s";
    large.checked = model.size === "l";
    for (const option of colour.options) option.selected = option.value === model.colour;
  };
  const changed = ({ target }) => {
    const known = tracked.get(target);
    // What it has seen by its own setter is no change to it.
    if (known && known.seen === String(target[known.key])) return;
    if (known) known.seen = String(target[known.key]);
    if (target.id === "name") model.name = target.value.toUpperCase();
    if (target.id === "gift") model.gift = target.checked;
    if (target.type === "radio") model.size = target.value;
    if (target.id === "colour") model.colour = target.value;
    queueMicrotask(draw);
  };
  root.addEventListener("input", (event) => event.target.type === "text" && changed(event));
  root.addEventListener("change", (event) => event.target.id === "colour" && changed(event));
  root.addEventListener("click", (event) => {
    if (/checkbox|radio/.test(event.target.type)) changed(event);
    if (event.target.id !== "all") return;
    model.gift = true;
    model.size = "s";
    queueMicrotask(draw);
  });
</script>`;

/** Vue's v-model: \`input\` unless composing, \`change\` for the rest; written back in the next microtask. */
const VUE = `<input id="name"><input id="gift" type="checkbox">
  <input id="small" type="radio" name="size" value="s"><input id="large" type="radio" name="size" value="l">
  <select id="colour"><option value="w">White</option><option value="b">Blue</option></select>
  <textarea id="text"></textarea><button id="all">Gift</button><script>
  window.model = { name: "", gift: false, size: "", colour: "w", text: "" };
  const name_ = document.getElementById("name");
  const draw = () => {
    if (!name_.composing && name_.value !== model.name) name_.value = model.name;
    if (text.value !== model.text) text.value = model.text;
    gift.checked = model.gift;
    small.checked = model.size === "s";
    large.checked = model.size === "l";
    colour.selectedIndex = [...colour.options].findIndex((option) => option.value === model.colour);
  };
  const set = (change) => { Object.assign(model, change); Promise.resolve().then(draw); };
  for (const field of [name_, text]) {
    field.addEventListener("compositionstart", ({ target }) => { target.composing = true; });
    field.addEventListener("compositionend", ({ target }) => { target.composing = false; });
    field.addEventListener("input", ({ target }) => {
      if (!target.composing) set({ [target.id]: target.id === "name" ? target.value.toUpperCase() : target.value });
    });
  }
  gift.addEventListener("change", () => set({ gift: gift.checked }));
  for (const radio of [small, large]) radio.addEventListener("change", () => set({ size: radio.value }));
  colour.addEventListener("change", () => {
    set({ colour: Array.prototype.filter.call(colour.options, (option) => option.selected)[0].value });
  });
  all.addEventListener("click", () => set({ gift: true, size: "s" }));
</script>`;

/** Svelte 5: handlers are kept on the elements and called from one listener at the document, by the path. */
const SVELTE = `<main id="app"><input id="name"><input id="gift" type="checkbox">
  <input id="small" type="radio" name="size" value="s"><input id="large" type="radio" name="size" value="l">
  <select id="colour"><option value="w">White</option><option value="b">Blue</option></select>
  <button id="all">Gift</button></main><script>
  window.model = { name: "", gift: false, size: "", colour: "w" };
  const field = (id) => app.querySelector("#" + id);
  let due = false;
  const set = (change) => {
    Object.assign(model, change);
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      const { selectionStart, selectionEnd } = field("name");
      field("name").value = model.name;
      field("name").setSelectionRange(selectionStart, selectionEnd);
      field("gift").checked = model.gift;
      for (const radio of app.querySelectorAll("[type=radio]")) radio.checked = radio.value === model.size;
      for (const option of field("colour").options) option.selected = option.value === model.colour;
    });
  };
  field("name").__input = (event) => set({ name: event.target.value.toUpperCase() });
  field("all").__click = () => set({ gift: true, size: "s" });
  for (const type of ["input", "click"])
    document.addEventListener(type, (event) => {
      for (const node of event.composedPath()) node["__" + type]?.call(node, event);
    }, { passive: true });
  field("gift").addEventListener("change", ({ target }) => set({ gift: target.checked }));
  for (const radio of app.querySelectorAll("[type=radio]"))
    radio.addEventListener("change", () => set({ size: radio.value }));
  field("colour").addEventListener("change", ({ target }) => set({ colour: target.value }));
</script>`;

/** A component that keeps its fields in a shadow root, out of which \`change\` does not come. */
const COMPONENT = `<size-picker id="picker"></size-picker><p id="said"></p><script>
  customElements.define("size-picker", class extends HTMLElement {
    connectedCallback() {
      const shadow = this.attachShadow({ mode: "open" });
      shadow.innerHTML = \`<label><input id="gift" type="checkbox">Gift</label>
        <input id="small" type="radio" name="size" value="s"><input id="large" type="radio" name="size" value="l">
        <select id="colour"><option>White</option><option>Blue</option></select><input id="name">\`;
      shadow.addEventListener("change", ({ target }) => { window.last = target.id; });
    }
  });
</script>`;

const clean = [];
let desk;
let origin;
before(async () => {
  const t = { after: (act) => clean.unshift(act) };
  desk = await Desk.start(t);
  origin = await lab(t, desk, { "/react": REACT, "/vue": VUE, "/svelte": SVELTE, "/component": COMPONENT });
});
after(async () => {
  for (const act of clean.reverse()) await act();
});

async function driven(path) {
  const played = await Played.on(desk, { url: `${origin}${path}`, settings: { show: "all" } });
  await played.sees();
  await played.drives();
  return played;
}

/** A field as the agent's picture has it: as it was recorded, and what was told of it since. */
function shown(played, id) {
  const node = played.node(id);
  let state = {};
  const walk = (one) => {
    if (one.id === node)
      state = { text: one.attributes.value ?? "", isChecked: one.attributes.checked === true };
    for (const child of one.childNodes ?? []) walk(child);
  };
  for (const { type, data } of played.events()) {
    if (type === 2) walk(data.node);
    if (type !== 3) continue;
    for (const added of data.adds ?? []) walk(added.node);
    for (const { id: of, attributes } of data.attributes ?? [])
      if (of === node && "value" in attributes) state.text = attributes.value;
    if (data.source === 5 && data.id === node) state = { text: data.text, isChecked: data.isChecked };
  }
  return state;
}
const model = (played) => played.page.evaluate("model");

for (const framework of ["react", "vue", "svelte"])
  test(`fields that ${framework} controls take orders, and the picture follows what it makes of them`, async () => {
    const played = await driven(`/${framework}`);
    assert.equal(await played.set("name", "Ada"), "done");
    await played.until(() => shown(played, "name").text === "ADA");
    assert.equal(await played.order({ type: "choose", node: played.node("colour"), indexes: [1] }), "done");
    assert.equal(await played.click("gift"), "done");
    await played.until(() => shown(played, "gift").isChecked);
    assert.equal(await played.click("gift"), "done");
    await played.until(() => !shown(played, "gift").isChecked);
    assert.equal(await played.click("large"), "done");
    await played.until(() => shown(played, "large").isChecked);
    const { name, gift, size, colour } = await model(played);
    assert.deepEqual({ name, gift, size, colour }, { name: "ADA", gift: false, size: "l", colour: "b" });
    // A button whose handler sets fields by script, past what the recorder watches.
    assert.equal(await played.click("all"), "done");
    await played.until(() => shown(played, "gift").isChecked && shown(played, "small").isChecked);
    await played.until(() => !shown(played, "large").isChecked);
  });

test("fields inside a web component: the visitor's own hand and the agent's are both shown", async () => {
  const played = await driven("/component");
  const { page } = played;
  assert.equal(await played.click("gift"), "done");
  assert.equal(await page.evaluate("last"), "gift");
  await played.until(() => shown(played, "gift").isChecked);
  await page.locator("#large").check();
  await played.until(() => shown(played, "large").isChecked);
  await page.locator("#small").check();
  await played.until(() => shown(played, "small").isChecked && !shown(played, "large").isChecked);
  await page.locator("#colour").selectOption("Blue");
  await page.locator("#name").fill("Ada");
  await played.until(() => shown(played, "name").text === "Ada");
  const blue = () => {
    let option;
    const walk = (one) => {
      if (one.tagName === "option" && one.childNodes[0]?.textContent === "Blue") option = String(one.id);
      for (const child of one.childNodes ?? []) walk(child);
    };
    walk(played.events().find(({ type }) => type === 2).data.node);
    return option;
  };
  await played.until(() => shown(played, "colour").text === blue());
});

test("how long a masked value is cannot be read off how often the page tells of it", async () => {
  const played = await Played.on(desk, { url: `${origin}/vue` });
  await played.sees();
  const { page } = played;
  const told = () => {
    const id = played.node("text");
    return played.events().filter(({ type, data }) => type === 3 && data.source === 5 && data.id === id);
  };
  await page.locator("#text").pressSequentially("a");
  await played.until(() => shown(played, "text").text !== "");
  await page.locator("#text").pressSequentially("bcdefghijklm");
  await page.locator("#gift").check();
  await played.until(() => shown(played, "gift").isChecked);
  assert.equal(told().length, 1);
  assert.ok(!JSON.stringify(played.events()).includes("abc"));
});

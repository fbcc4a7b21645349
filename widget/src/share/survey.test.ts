/**
 * What a preview tells of a page beside its picture, and what a selector that nobody can read does.
 *
 * @vitest-environment jsdom
 */
import { beforeEach, expect, test, vi } from "vitest";
import type { ShareSettings } from "../shared/protocol";
import type { NodeMirror, PageFilter } from "./contract";
import { ranks } from "./mask";
import { survey } from "./survey";

const SETTINGS: ShareSettings = {
  see: true,
  point: true,
  control: true,
  off_paths: [],
  see_only_paths: [],
  show: "choices",
  mask: [],
  block: [],
  reveal: [],
};

/** Numbers in the order of asking, as a recorder gives them. */
function numbering(): NodeMirror {
  const ids = new Map<Node, number>();
  return {
    getId: (node) => {
      if (!node) return -1;
      if (!ids.has(node)) ids.set(node, ids.size + 1);
      return ids.get(node) ?? -1;
    },
    getNode: () => null,
  };
}

function surveyed(html: string, parts: Partial<ShareSettings> = {}) {
  const range = document.createRange();
  range.selectNodeContents(document.body);
  document.body.replaceChildren(range.createContextualFragment(html));
  const settings = { ...SETTINGS, ...parts };
  return survey(document, settings, ranks(document, settings) as unknown as PageFilter, numbering());
}

beforeEach(() => {
  // No layout here: everything has a box.
  vi.spyOn(Element.prototype, "getClientRects").mockReturnValue([{}] as unknown as DOMRectList);
});

test("each field and each marked element is told with what the filter makes of it", () => {
  const { marks } = surveyed(
    `<input type="password"><input type="hidden"><button>Go</button><input type="submit">
     <textarea></textarea><select></select><p data-comptoir-mask>Ada</p><div data-comptoir-block></div>
     <input data-comptoir-show><p>text</p><p class="customer">Ada</p>`,
    { mask: [".customer"] },
  );
  expect(marks.map(({ rank }) => rank)).toEqual([
    "secret",
    "masked",
    "shown",
    "secret",
    "dropped",
    "shown",
    "secret",
  ]);
});

test("selectors are counted through open shadow roots, and one that is none says so", () => {
  const settings = { mask: [".a", ".none"], block: ["p {"], reveal: [".a"] };
  document.body.replaceChildren();
  const html = `<p class="a"></p><div id="host"></div>`;
  surveyed(html, settings);
  const host = document.querySelector("#host");
  host?.attachShadow({ mode: "open" }).append(Object.assign(document.createElement("p"), { className: "a" }));
  const all = { ...SETTINGS, ...settings };
  const { selectors } = survey(document, all, ranks(document, all) as unknown as PageFilter, numbering());
  expect(selectors).toEqual([
    { selector: ".a", found: 2 },
    { selector: ".none", found: 0 },
    { selector: "p {", found: null },
  ]);
});

test("a mask that this browser cannot read hides the whole page, never too little of it", () => {
  surveyed(`<p id="text">Ada</p><input id="field" data-comptoir-show>`);
  const text = document.querySelector("#text") as Element;
  const field = document.querySelector("#field") as Element;
  expect(ranks(document, SETTINGS).rank(field)).toBe("shown");
  expect(ranks(document, { ...SETTINGS, mask: [":unheard-of(x)"] }).rank(text)).toBe("secret");
  expect(ranks(document, { ...SETTINGS, block: ["p {"] }).rank(text)).toBe("dropped");
  expect(ranks(document, { ...SETTINGS, reveal: ["p {"] }).rank(field)).toBe("shown");
});

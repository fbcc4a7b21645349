/**
 * What a point of the picture is aimed at, through shadow roots and frames.
 *
 * @vitest-environment jsdom
 */
import { beforeEach, expect, test } from "vitest";
import { handlingOf, originOf, targetAt } from "./target";

const known = new Map<Node, number>();
const numbers = { getId: (node: Node | null) => (node && known.get(node)) ?? -1 };

/** jsdom has no layout: boxes and hits are said. */
function box(element: Element, x: number, y: number, width: number, height: number): void {
  element.getBoundingClientRect = () => new DOMRect(x, y, width, height);
}

function hit(scope: object, element: Element): void {
  Object.assign(scope, { elementFromPoint: () => element });
}

beforeEach(() => {
  known.clear();
  document.body.replaceChildren();
  globalThis.DOMRect ??= class {
    constructor(
      readonly x: number,
      readonly y: number,
      readonly width: number,
      readonly height: number,
    ) {}
  } as unknown as typeof DOMRect;
});

test("a place is fractions of the box of the deepest element that the page knows", () => {
  const button = document.body.appendChild(document.createElement("button"));
  const unknown = button.appendChild(document.createElement("span"));
  box(button, 100, 50, 200, 40);
  hit(document, unknown);
  known.set(button, 12);
  const target = targetAt(document, { x: 150, y: 60 }, numbers);
  expect(target?.element).toBe(button);
  expect(target?.place).toEqual({ node: 12, fx: 0.25, fy: 0.25 });
});

test("an open shadow root is entered", () => {
  const host = document.body.appendChild(document.createElement("x-buy"));
  const shadow = host.attachShadow({ mode: "open" });
  const inner = shadow.appendChild(document.createElement("button"));
  box(inner, 0, 0, 10, 10);
  hit(document, host);
  hit(shadow, inner);
  known.set(host, 1).set(inner, 2);
  expect(targetAt(document, { x: 10, y: 0 }, numbers)?.place).toEqual({ node: 2, fx: 1, fy: 0 });
  known.delete(inner);
  box(host, 0, 0, 20, 20);
  expect(targetAt(document, { x: 10, y: 0 }, numbers)?.place.node).toBe(1);
});

test("a frame is entered, and its element is placed in the top document", () => {
  const frame = document.body.appendChild(document.createElement("iframe"));
  const inside = frame.contentDocument as Document;
  const link = inside.body.appendChild(inside.createElement("a"));
  box(frame, 40, 30, 300, 200);
  box(link, 10, 10, 100, 20);
  hit(document, frame);
  hit(inside, link);
  known.set(link, 9);
  expect(originOf(link, document)).toEqual({ x: 40, y: 30 });
  const target = targetAt(document, { x: 100, y: 50 }, numbers);
  expect(target?.box).toEqual({ x: 50, y: 40, width: 100, height: 20 });
  expect(target?.place).toEqual({ node: 9, fx: 0.5, fy: 0.5 });
});

test("a point of nothing that the page knows is no target", () => {
  hit(document, document.body);
  expect(targetAt(document, { x: 1, y: 1 }, numbers)).toBeUndefined();
});

test.each([
  ["<input>", "text"],
  ['<input type="email">', "text"],
  ['<input type="checkbox">', "plain"],
  ['<input type="password">', "plain"],
  ['<input type="file">', "plain"],
  ['<input type="date">', "date"],
  ["<textarea></textarea>", "text"],
  ["<select></select>", "choose"],
  ["<button></button>", "plain"],
])("%s is handled as %s", (markup, handling) => {
  const parsed = new DOMParser().parseFromString(markup, "text/html").body.firstElementChild;
  expect(parsed && handlingOf(parsed)).toBe(handling);
});

/**
 * What lies under a point of the picture: the deepest element, through open shadow roots and
 * same-origin frames, climbed to the nearest that the visitor's page knows by number too.
 *
 * A place is that number and fractions of the element's box, never a selector: it survives scaling
 * and a layout that drifted. No step here writes into the picture.
 */
import type { Place } from "../shared";

/** What of the replay's mirror is needed: 0 or less for a node that the page does not know. */
export interface Numbers {
  getId(node: Node | null): number;
}

/** A point in CSS pixels of the viewport whose root is looked into. */
interface Point {
  x: number;
  y: number;
}

export interface Target {
  element: Element;
  place: Place;
  /** The element's box in the top document's viewport. */
  box: { x: number; y: number; width: number; height: number };
}

const DEPTH_MAX = 64;

export function targetAt(root: Document, point: Point, numbers: Numbers): Target | undefined {
  for (let node = deepestAt(root, point); node; node = above(node)) {
    const id = numbers.getId(node);
    if (id <= 0) continue;
    const origin = originOf(node, root);
    const rect = node.getBoundingClientRect();
    const box = { x: rect.x + origin.x, y: rect.y + origin.y, width: rect.width, height: rect.height };
    return {
      element: node,
      box,
      place: {
        node: id,
        fx: fraction(point.x - box.x, box.width),
        fy: fraction(point.y - box.y, box.height),
      },
    };
  }
  return undefined;
}

function deepestAt(root: Document, { x, y }: Point): Element | undefined {
  let scope: Document | ShadowRoot = root;
  let at = { x, y };
  let found: Element | undefined;
  for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
    const next: Element | null = scope.elementFromPoint(at.x, at.y);
    if (!next || next === found) break;
    found = next;
    const inner = innerDocument(next);
    if (inner) {
      const rect = next.getBoundingClientRect();
      at = { x: at.x - rect.x - next.clientLeft, y: at.y - rect.y - next.clientTop };
      scope = inner;
    } else if (next.shadowRoot) scope = next.shadowRoot;
    else break;
  }
  return found;
}

/** A frame of the same origin; others have no document that we could see. */
function innerDocument(element: Element): Document | undefined {
  if (element.localName !== "iframe" && element.localName !== "frame") return undefined;
  const inner = (element as HTMLIFrameElement).contentDocument;
  return inner?.documentElement ? inner : undefined;
}

/** The parent, the shadow root's host, or the frame that holds the document. */
export function above(node: Element): Element | undefined {
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  if ("host" in root) return (root as ShadowRoot).host;
  return node.ownerDocument.defaultView?.frameElement ?? undefined;
}

/** Where the viewport of the element's document lies in the top document's. */
export function originOf(element: Element, top: Document): Point {
  const origin = { x: 0, y: 0 };
  let inside = element.ownerDocument;
  for (let depth = 0; depth < DEPTH_MAX && inside !== top; depth += 1) {
    const frame = inside.defaultView?.frameElement;
    if (!frame) break;
    const rect = frame.getBoundingClientRect();
    origin.x += rect.x + frame.clientLeft;
    origin.y += rect.y + frame.clientTop;
    inside = frame.ownerDocument;
  }
  return origin;
}

function fraction(offset: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, offset / whole)) : 0.5;
}

/** How a click on it goes on at the agent's: with a text box or a picker of our own. */
export type Handling = "plain" | "text" | "choose" | "date";

const DATES: ReadonlySet<string> = new Set(["date", "time", "datetime-local", "month", "week"]);
/** Pressed, dragged, or nothing that an agent may type into: the page says which. */
const PRESSED: ReadonlySet<string> = new Set([
  "button",
  "checkbox",
  "file",
  "color",
  "image",
  "password",
  "radio",
  "range",
  "reset",
  "submit",
]);

/** The replay's elements belong to another window: told by name, never by class. */
export function handlingOf(element: Element): Handling {
  switch (element.localName) {
    case "select":
      return "choose";
    case "textarea":
      return "text";
    case "input": {
      const type = (element.getAttribute("type") ?? "text").toLowerCase();
      if (DATES.has(type)) return "date";
      return PRESSED.has(type) ? "plain" : "text";
    }
    default:
      return (element as HTMLElement).isContentEditable ? "text" : "plain";
  }
}

/** What a wheel over the element scrolls: the nearest box that has more than it shows, else the page. */
export function scrollerOf(element: Element, dx: number, dy: number): Element | undefined {
  for (let node: Element | undefined = element; node; node = above(node)) {
    const style = node.ownerDocument.defaultView?.getComputedStyle(node);
    if (!style || node === node.ownerDocument.documentElement || node === node.ownerDocument.body) continue;
    const down = dy !== 0 && node.scrollHeight > node.clientHeight && scrolls(style.overflowY);
    const right = dx !== 0 && node.scrollWidth > node.clientWidth && scrolls(style.overflowX);
    if (down || right) return node;
  }
  return undefined;
}

function scrolls(overflow: string): boolean {
  return overflow === "auto" || overflow === "scroll";
}

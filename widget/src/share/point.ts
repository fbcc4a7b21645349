/** Where a place of an element is on the screen, through same-origin frames. */
import type { Place } from "../shared/protocol";

export interface Point {
  x: number;
  y: number;
}

/** In the viewport of the element's own document. */
export function pointOf(element: Element, { fx, fy }: Pick<Place, "fx" | "fy">): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  // The far edge is not of the box any more.
  const within = (start: number, size: number, part: number) =>
    start + Math.min(size * part, Math.max(0, size - 0.5));
  return { x: within(left, width, fx), y: within(top, height, fy) };
}

/** The frame that holds the element's document, where it may be known. */
export function frameOf(element: Element): Element | null {
  return element.ownerDocument.defaultView?.frameElement ?? null;
}

/** The same point as the frame's own document has it. */
export function outwards(frame: Element, { x, y }: Point): Point {
  const { left, top } = frame.getBoundingClientRect();
  return { x: left + frame.clientLeft + x, y: top + frame.clientTop + y };
}

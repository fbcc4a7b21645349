/** What a store has fixed to the bottom of the screen (a cookie bar, a buy button): our own bar stands above it. */
import { OWN } from "./stage";

/** Of the screen's height: what is taller is a page's own layer, and stays below us. */
const TAKEN_MAX = 0.6;
/** Bars above one another. */
const BARS_MAX = 4;
const NEAR_PX = 8;

/** Everything that lies at a point, also inside of open shadow roots. */
function allAt(x: number, y: number, root: DocumentOrShadowRoot = document): Element[] {
  return root
    .elementsFromPoint(x, y)
    .flatMap((found) =>
      found.matches(OWN)
        ? []
        : found.shadowRoot && root === document
          ? [...allAt(x, y, found.shadowRoot), found]
          : [found],
    );
}

function fixedOf(element: Element): Element | undefined {
  for (let at: Element | null = element; at; at = at.parentElement)
    if (/fixed|sticky/.test(getComputedStyle(at).position)) return at;
  return undefined;
}

/** Pixels from the bottom of the layout viewport that are taken where `bar` stands. */
export function takenBelow(bar: Element): number {
  const { left, right } = bar.getBoundingClientRect();
  const columns = [left + NEAR_PX, (left + right) / 2, right - NEAR_PX];
  let taken = 0;
  for (let bars = 0; bars < BARS_MAX; bars++) {
    const floor = innerHeight - taken;
    const tops = columns
      .flatMap((x) => allAt(x, floor - 2))
      .map((element) => fixedOf(element)?.getBoundingClientRect())
      .filter((box) => box && box.bottom >= floor - NEAR_PX && box.top >= innerHeight * (1 - TAKEN_MAX))
      .map((box) => box?.top ?? floor);
    const top = Math.min(floor, ...tops);
    if (top === floor) break;
    taken = innerHeight - top;
  }
  return taken;
}

/** The agent's pointer on the page: a named arrow, a ring at a click. It never acts, and is never recorded. */
import type { Place } from "../shared/protocol";
import type { PointerFace } from "./contract";
import { frameOf, outwards, pointOf } from "./point";

const ARROW = "M1 1l6 17 3-7 7-3z";
const SVG = "http://www.w3.org/2000/svg";

export class Pointer implements PointerFace {
  readonly #place = document.createElement("div");
  readonly #arrow = document.createElement("div");
  readonly #name = document.createElement("span");
  readonly #ring = document.createElement("i");
  #at: { element: Element; place: Place } | undefined;

  constructor(shadow: ShadowRoot, signal: AbortSignal) {
    this.#place.className = "root";
    this.#place.ariaHidden = "true";
    this.#arrow.className = "pointer";
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("width", "20");
    svg.setAttribute("height", "20");
    svg.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", ARROW);
    this.#arrow.append(this.#ring, svg, this.#name);
    this.#place.append(this.#arrow);
    this.#arrow.hidden = true;
    shadow.prepend(this.#place);
    const options = { capture: true, passive: true, signal };
    for (const name of ["scroll", "resize"]) addEventListener(name, () => this.#follow(), options);
  }

  show(name: string, element: Element, place: Place, click: boolean): void {
    this.#at = { element, place };
    this.#name.textContent = name;
    this.#follow();
    if (!click) return;
    const frames = { opacity: [1, 0], transform: ["scale(.3)", "scale(1)"] };
    this.#ring.animate(frames, { duration: 600 });
  }

  hide(): void {
    this.#at = undefined;
    this.#follow();
  }

  #follow(): void {
    const shown = this.#at?.element.isConnected ? this.#at : undefined;
    this.#arrow.hidden = !shown;
    if (!shown) return;
    let point = pointOf(shown.element, shown.place);
    for (let frame = frameOf(shown.element); frame; frame = frameOf(frame)) point = outwards(frame, point);
    this.#arrow.style.transform = `translate(${point.x}px,${point.y}px)`;
  }
}

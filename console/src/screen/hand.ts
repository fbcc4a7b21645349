/**
 * The agent's hand over the picture: what a move, a click, a wheel and a key become, by the mode.
 *
 * Looking does nothing, pointing shows a pointer on the visitor's page, driving gives orders. What
 * opens a box of our own (text, choices, dates) is handed to the screen: typing never goes into the
 * replay. Points are CSS pixels of the visitor's viewport.
 */
import type { MouseButton, Place, RemoteAction, RemoteKey } from "../shared";
import type { Orders } from "./orders";
import { type Handling, handlingOf, scrollerOf, type Target } from "./target";

/** The visitor sees the pointer move at this rate. */
export const POINT_MS = 40;
/** A wheel that rested for so long begins where the page stands now. */
const WHEEL_RESTS_MS = 600;

export type Mode = "look" | "point" | "drive";

export interface Point {
  x: number;
  y: number;
}

/** What the hand needs of the picture. */
export interface Ground {
  targetAt(x: number, y: number): Target | undefined;
  number(element: Element): number | undefined;
  readonly frame: HTMLIFrameElement | undefined;
}

/** A field that was clicked and is filled in by a box of ours. */
export interface Field {
  handling: Exclude<Handling, "plain">;
  node: number;
  element: Element;
  box: Target["box"];
}

export interface HandOptions {
  ground: Ground;
  orders: Pick<Orders, "give" | "hint">;
  mode(): Mode;
  point(at: Place | undefined, click: boolean): void;
  onField(field: Field): void;
}

const KEYS: Record<string, RemoteKey> = {
  Enter: "enter",
  Escape: "escape",
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Backspace: "backspace",
};

export class Hand {
  #options: HandOptions;
  #pointed: { at: Place | undefined } | undefined;
  #wheel: { scroller: Element | undefined; x: number; y: number; at: number } | undefined;

  constructor(options: HandOptions) {
    this.#options = options;
  }

  move({ x, y }: Point): void {
    const mode = this.#options.mode();
    if (mode === "look") return;
    const place = this.#options.ground.targetAt(x, y)?.place;
    if (mode === "point") this.#pointSoon(place);
    else if (place) this.#options.orders.hint({ type: "move", at: place });
  }

  leave(): void {
    if (this.#options.mode() === "point") this.#pointSoon(undefined);
  }

  click({ x, y }: Point, button: MouseButton = "left"): void {
    const mode = this.#options.mode();
    if (mode === "look") return;
    const target = this.#options.ground.targetAt(x, y);
    if (!target) return;
    if (mode === "point") {
      this.#options.point(target.place, true);
      return;
    }
    const handling = handlingOf(target.element);
    // The native picker of a select would open where nobody can use it: ours does it without a click.
    if (handling !== "choose") this.#options.orders.give({ type: "click", at: target.place, button });
    if (handling === "plain" || button !== "left") return;
    const { place, element, box } = target;
    this.#options.onField({ handling, node: place.node, element, box });
  }

  wheel({ x, y }: Point, dx: number, dy: number, now = performance.now()): void {
    const { ground, mode, orders } = this.#options;
    const target = mode() === "drive" ? ground.targetAt(x, y) : undefined;
    const top = ground.frame?.contentDocument;
    if (!target || !top) return;
    const inner = target.element.ownerDocument;
    const scroller =
      scrollerOf(target.element, dx, dy) ?? (inner === top ? undefined : inner.documentElement);
    const box = scroller ?? top.scrollingElement;
    if (!box) return;
    const rested = this.#wheel?.scroller !== scroller || now - (this.#wheel?.at ?? 0) > WHEEL_RESTS_MS;
    const from = rested || !this.#wheel ? { x: box.scrollLeft, y: box.scrollTop } : this.#wheel;
    const next = {
      x: clamped(from.x + dx, box.scrollWidth - box.clientWidth),
      y: clamped(from.y + dy, box.scrollHeight - box.clientHeight),
    };
    this.#wheel = { scroller, ...next, at: now };
    const node = scroller && ground.number(scroller);
    if (scroller && node === undefined) return;
    orders.hint({ type: "scroll", ...next, ...(node === undefined ? {} : { node }) });
  }

  /** True when the key is one of those that may be pressed on the page. */
  key(name: string): boolean {
    const key = KEYS[name];
    if (!key || this.#options.mode() !== "drive") return false;
    this.press(key);
    return true;
  }

  press(key: RemoteKey): void {
    this.#options.orders.give({ type: "press", key });
  }

  give(action: RemoteAction): void {
    this.#options.orders.give(action);
  }

  #pointSoon(at: Place | undefined): void {
    if (this.#pointed) {
      this.#pointed.at = at;
      return;
    }
    this.#pointed = { at };
    setTimeout(() => {
      const pointed = this.#pointed;
      this.#pointed = undefined;
      if (pointed && this.#options.mode() === "point") this.#options.point(pointed.at, false);
    }, POINT_MS);
  }
}

function clamped(value: number, most: number): number {
  return Math.round(Math.min(Math.max(0, most), Math.max(0, value)));
}

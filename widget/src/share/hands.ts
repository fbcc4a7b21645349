/** The visitor's own hands on the page: while they are there, an agent's orders wait. */
import type { ActionRefusal } from "../shared/protocol";
import { OWN } from "./stage";

/** Orders are held off for so long after a trusted press, key, wheel or touch outside of our own parts. */
const HELD_OFF_MS = 700;
const TOLD_EVERY_MS = 1_000;
const ORDERS_A_SECOND_MAX = 50;

export class Hands {
  #at = Number.NEGATIVE_INFINITY;
  #told = Number.NEGATIVE_INFINITY;
  #second = 0;
  #orders = 0;

  constructor(signal: AbortSignal, active: () => void) {
    const hand = (event: Event) => {
      if (!event.isTrusted || (event.target as Element | null)?.matches?.(OWN)) return;
      this.#at = performance.now();
      if (this.#at - this.#told < TOLD_EVERY_MS) return;
      this.#told = this.#at;
      active();
    };
    for (const name of ["pointerdown", "keydown", "wheel", "touchstart"])
      addEventListener(name, hand, { capture: true, passive: true, signal });
  }

  /** Counts an order; why it may not run now. */
  refuses(): ActionRefusal | undefined {
    const now = performance.now();
    if (now - this.#second >= 1_000) [this.#second, this.#orders] = [now, 0];
    this.#orders += 1;
    if (this.#orders > ORDERS_A_SECOND_MAX) return "too_fast";
    return now - this.#at < HELD_OFF_MS ? "visitor_active" : undefined;
  }
}

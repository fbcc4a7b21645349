/**
 * Whether a press on a question counts as the visitor's consent. Pure: the looks at the page and the
 * times of the presses are handed in, all of one monotonic clock in milliseconds.
 *
 * A question must have been wholly in sight, at one place, for half a second before the finger went
 * down: somebody who types or clicks while it appears, or has it moved under the pointer, has not read it.
 */

/** In sight for so long before a press counts. */
export const SIGHT_MS_MIN = 500;
/** Looks further apart say nothing of the time between them. */
export const LOOK_GAP_MS_MAX = 400;

/** What is read of an event. */
export interface Pressed {
  readonly isTrusted: boolean;
  /** When the hand did it, not when the page came to hear of it. */
  readonly timeStamp: number;
}

export class Sight {
  #since = Number.POSITIVE_INFINITY;
  #looked = Number.NEGATIVE_INFINITY;
  #place = "";

  /** `clear`: nothing lies over it and the tab is in view; `place`: where it stands. */
  look(clear: boolean, place: string, now: number): void {
    const same = place === this.#place && now - this.#looked <= LOOK_GAP_MS_MAX;
    if (!clear) this.#since = Number.POSITIVE_INFINITY;
    else if (!same || this.#since > now) this.#since = now;
    this.#place = place;
    this.#looked = now;
  }

  /** `down` is absent where a reading aid presses without a key or a pointer. */
  counts(click: Pressed, down: Pressed | undefined): boolean {
    if (!click.isTrusted || (down && !down.isTrusted)) return false;
    return Math.min(click.timeStamp, down?.timeStamp ?? click.timeStamp) - this.#since >= SIGHT_MS_MIN;
  }
}

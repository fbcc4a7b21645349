/**
 * What the agent points at, told for the log: what is clicked at once, what the pointer rests on after a
 * second. It says which element; what that is called is the filter's.
 */

/** A pointer that lies on something for so long means it. */
export const RESTS_MS = 1_000;

export class Pointing {
  readonly #tell: (element: Element) => void;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #told: Element | undefined;

  constructor(tell: (element: Element) => void) {
    this.#tell = tell;
  }

  /** Nothing: the pointer is away. */
  at(element: Element | undefined, click: boolean): void {
    clearTimeout(this.#rest);
    if (!element) this.#told = undefined;
    else if (click) this.#mean(element);
    else this.#rest = setTimeout(() => this.#mean(element), RESTS_MS);
  }

  #mean(element: Element): void {
    if (this.#told === element) return;
    this.#told = element;
    this.#tell(element);
  }
}

/**
 * Orders on their way: numbered within an epoch, given up when no answer comes, moves and scrolls
 * thinned out so that the page is not flooded.
 *
 * Pure but for the timer given. What an order is aimed at is target.ts; what a refusal is called is words.ts.
 */
import type { ActionOutcome, ActionRefusal, RemoteAction } from "../shared";

/** The page acknowledges before it acts, so a silence this long is a lost order. */
export const GIVE_UP_MS = 1_200;
/** The server takes 50 messages a second: moves and scrolls leave room for what matters. */
export const THIN_MS = 50;

/** Why an order was not carried out; `unanswered` is ours. */
export type Failure = ActionRefusal | "unanswered";

export interface OrdersOptions {
  /** False when the socket is down: the order counts as unanswered at once. */
  send(n: number, epoch: number, action: RemoteAction): boolean;
  /** Moves and scrolls fail in silence: only what somebody meant to do is told. */
  onFailure(failure: Failure): void;
  now?: () => number;
}

interface Waiting {
  action: RemoteAction;
  timer: ReturnType<typeof setTimeout>;
}

export class Orders {
  #options: OrdersOptions;
  #epoch = 0;
  #n = 0;
  #waiting = new Map<number, Waiting>();
  #thinned: { action: RemoteAction; timer: ReturnType<typeof setTimeout> } | undefined;
  #thinnedAt = Number.NEGATIVE_INFINITY;
  /** When the last order left. */
  sentAt = Number.NEGATIVE_INFINITY;

  constructor(options: OrdersOptions) {
    this.#options = options;
  }

  /** Control of this epoch is ours. Numbers only rise: the same control may come back after a cut. */
  begin(epoch: number): void {
    if (epoch === this.#epoch) return;
    this.end();
    this.#epoch = epoch;
  }

  /** Control is over: what is on its way is nobody's business any more. */
  end(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    if (this.#thinned) clearTimeout(this.#thinned.timer);
    this.#thinned = undefined;
    this.#epoch = 0;
  }

  get open(): boolean {
    return this.#epoch > 0;
  }

  /** Something meant. A move that waits goes first, or the click would find another place. */
  give(action: RemoteAction): void {
    this.#flush();
    this.#send(action);
  }

  /** A move or a scroll: the latest of an interval is enough. */
  hint(action: RemoteAction): void {
    if (!this.open) return;
    const now = this.#now();
    const wait = this.#thinnedAt + THIN_MS - now;
    if (this.#thinned) {
      if (this.#thinned.action.type === action.type) this.#thinned.action = action;
      else {
        this.#flush();
        this.hint(action);
      }
      return;
    }
    if (wait <= 0) {
      this.#thinnedAt = now;
      this.#send(action);
      return;
    }
    this.#thinned = { action, timer: setTimeout(() => this.#flush(), wait) };
  }

  heard(n: number, outcome: ActionOutcome): void {
    const waiting = this.#waiting.get(n);
    if (!waiting) return;
    this.#waiting.delete(n);
    clearTimeout(waiting.timer);
    if (outcome.type === "refused") this.#fail(outcome.why, waiting.action);
  }

  #flush(): void {
    const thinned = this.#thinned;
    if (!thinned) return;
    this.#thinned = undefined;
    clearTimeout(thinned.timer);
    this.#thinnedAt = this.#now();
    this.#send(thinned.action);
  }

  #send(action: RemoteAction): void {
    if (!this.open) return;
    this.#n += 1;
    this.sentAt = this.#now();
    const n = this.#n;
    if (!this.#options.send(n, this.#epoch, action)) {
      this.#fail("unanswered", action);
      return;
    }
    const timer = setTimeout(() => {
      this.#waiting.delete(n);
      this.#fail("unanswered", action);
    }, GIVE_UP_MS);
    this.#waiting.set(n, { action, timer });
  }

  #fail(failure: Failure, action: RemoteAction): void {
    if (action.type !== "move" && action.type !== "scroll") this.#options.onFailure(failure);
  }

  #now(): number {
    return this.#options.now?.() ?? performance.now();
  }
}

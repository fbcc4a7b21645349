/**
 * Which data frame may be shown after which: a full snapshot always, an increment only right behind
 * what was shown last of the same document. Anything else is a gap, and a gap is one question.
 *
 * Pure: says what to do; asking is receiver.ts.
 */
import { FULL, type Kind } from "./wire";

/** An unanswered question for a snapshot is repeated after so long, no sooner. */
export const ASK_AGAIN_MS = 10_000;

export type Verdict =
  /** Show it. */
  | "show"
  /** It was shown before, or is older than what is shown. */
  | "old"
  /** Something between is missing: nothing is shown until the next full snapshot. */
  | "gap";

export class Sequence {
  #doc = 0;
  #seq = 0;
  /** Nothing that follows makes sense before a full snapshot. */
  #lost = true;
  #askedAt: number | undefined;

  judge(kind: Kind, doc: number, seq: number): Verdict {
    if (kind === FULL) {
      this.#doc = doc;
      this.#seq = seq;
      this.#lost = false;
      this.#askedAt = undefined;
      return "show";
    }
    if (this.#lost) return "gap";
    if (doc < this.#doc || (doc === this.#doc && seq <= this.#seq)) return "old";
    if (doc !== this.#doc || seq !== this.#seq + 1) {
      this.#lost = true;
      return "gap";
    }
    this.#seq = seq;
    return "show";
  }

  /** What came could not be shown: a gap like any other. */
  lose(): void {
    this.#lost = true;
  }

  /** Whether to ask for a snapshot now; answering yes counts as having asked. */
  asks(now: number): boolean {
    if (!this.#lost) return false;
    if (this.#askedAt !== undefined && now - this.#askedAt < ASK_AGAIN_MS) return false;
    this.#askedAt = now;
    return true;
  }

  /** A new connection: the server begins with a full snapshot of its own. */
  begin(now: number): void {
    this.#lost = true;
    this.#askedAt = now;
  }
}

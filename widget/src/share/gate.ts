/**
 * The page's gate: whether an order runs. Closed unless the visitor opened it with their own hand.
 *
 * The guarantee of taking back stands here and on no server: closing needs no network, an epoch is
 * used once, and each change of hands raises it, so an order given under an earlier grant never runs.
 */

export interface Grant {
  /** The agent's id. */
  agent: string;
  epoch: number;
}

export class Gate {
  #grant: Grant | undefined;
  /** The grant stands, but the server must say it again before orders run: after a cut, on a new page. */
  #suspended = true;
  #high: number;
  #last = 0;
  readonly #kept: (high: number, grant: Grant | undefined) => void;

  /** What the tab kept of an earlier page; `kept` is told each change. */
  constructor(high: number, grant: Grant | undefined, kept: (high: number, grant?: Grant) => void) {
    this.#high = Math.max(high, grant?.epoch ?? 0);
    this.#grant = grant;
    this.#kept = kept;
  }

  get grant(): Grant | undefined {
    return this.#grant;
  }

  get open(): boolean {
    return this.#grant !== undefined && !this.#suspended;
  }

  /** By the visitor's press on a question of this agent's, and nothing else. The answer is the new epoch. */
  give(agent: string): number {
    const epoch = this.#high + 1;
    this.#suspended = false;
    this.#last = 0;
    this.#keep(epoch, { agent, epoch });
    return epoch;
  }

  /** The connection or the page goes; the grant may come back with it. */
  suspend(): void {
    this.#suspended = true;
  }

  /** What the server has. The same grant opens the gate again; anything else ends ours. */
  compare(server: Grant | undefined): boolean {
    const ours = this.#grant;
    const same = server?.epoch === ours?.epoch && server?.agent === ours?.agent;
    if (server) this.#high = Math.max(this.#high, server.epoch);
    if (!same) this.close();
    else this.#suspended = false;
    return same;
  }

  /** Ends the grant; `seen` is an epoch that the server named. Answers what it ended. */
  close(seen = 0): number {
    const ended = this.#grant?.epoch ?? 0;
    this.#suspended = true;
    this.#keep(Math.max(this.#high + (ended ? 1 : 0), seen), undefined);
    return ended;
  }

  /** `stale` under another grant, `again` for a number that came before. */
  lets(epoch: number, n: number): "yes" | "stale" | "again" {
    if (!this.open || this.#grant?.epoch !== epoch) return "stale";
    if (n <= this.#last) return "again";
    this.#last = n;
    return "yes";
  }

  #keep(high: number, grant: Grant | undefined): void {
    this.#high = high;
    this.#grant = grant;
    this.#kept(high, grant);
  }
}

/**
 * Commands on their way: kept until acknowledged, repeated under the same id.
 *
 * Commands go in lanes; in one lane only the oldest is on the wire, so that the
 * order holds whatever is refused or cut. Independent things (a card's mark, an
 * other conversation) take lanes of their own. What becomes of an answer, and
 * how a command looks on the wire, is left to the caller.
 */
import type { CommandId, Refusal, RefusalCode } from "./protocol";

export interface Entry<Command> {
  id: CommandId;
  lane: string;
  command: Command;
  /** It was refused for good; it waits for `retry` or `forget`. */
  failed?: Refusal;
}

export interface OutboxOptions<Command> {
  /** Puts an entry on the wire; false = no socket now. */
  send(entry: Entry<Command>): boolean;
  /** The entries changed: draw them, keep them. */
  onChange(entries: readonly Entry<Command>[]): void;
}

/** Refusals that say "not now": repeated by itself under the same id. */
const PASSING: readonly RefusalCode[] = ["too_fast", "try_later", "draining", "disk_full"];
const RETRY_MS_DEFAULT = 2_000;

export class Outbox<Command> {
  #options: OutboxOptions<Command>;
  #entries: Entry<Command>[] = [];
  /** Lane → the id on the wire. */
  #flying = new Map<string, CommandId>();
  #waits = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(options: OutboxOptions<Command>) {
    this.#options = options;
  }

  get entries(): readonly Entry<Command>[] {
    return this.#entries;
  }

  add(entry: Entry<Command>): void {
    if (this.#entries.some((known) => known.id === entry.id)) return;
    this.#entries = [...this.#entries, entry];
    this.#changed();
    this.#push(entry.lane);
  }

  /** It is on disk. Answers the entry, once. */
  acknowledge(id: CommandId): Entry<Command> | undefined {
    return this.#take(id);
  }

  /**
   * It was refused. A passing refusal is repeated after its `retry_ms`; with any
   * other the entry stays as failed, or goes when `keep` is false.
   */
  refuse(id: CommandId, refusal: Refusal, keep = true): Entry<Command> | undefined {
    const entry = this.#entries.find((known) => known.id === id);
    if (!entry) return undefined;
    if (PASSING.includes(refusal.code)) {
      this.#flying.delete(entry.lane);
      this.#wait(entry.lane, refusal.retry_ms ?? RETRY_MS_DEFAULT);
      return undefined;
    }
    if (!keep) return this.#take(id);
    this.#flying.delete(entry.lane);
    this.#entries = this.#entries.map((known) => (known.id === id ? { ...known, failed: refusal } : known));
    this.#changed();
    this.#push(entry.lane);
    return entry;
  }

  /** The visitor or agent asks to try a failed one again, now at the end of its lane. */
  retry(id: CommandId): void {
    const entry = this.#entries.find((known) => known.id === id);
    if (!entry?.failed) return;
    const { failed: _, ...again } = entry;
    this.#entries = [...this.#entries.filter((known) => known.id !== id), again];
    this.#changed();
    this.#push(entry.lane);
  }

  forget(id: CommandId): void {
    this.#take(id);
  }

  /** After each welcome: whatever was on the wire may be lost, so every lane starts again. */
  resend(): void {
    this.#flying.clear();
    for (const wait of this.#waits.values()) clearTimeout(wait);
    this.#waits.clear();
    for (const lane of new Set(this.#entries.map((entry) => entry.lane))) this.#push(lane);
  }

  clear(): void {
    this.#entries = [];
    this.#flying.clear();
    for (const wait of this.#waits.values()) clearTimeout(wait);
    this.#waits.clear();
    this.#changed();
  }

  #take(id: CommandId): Entry<Command> | undefined {
    const entry = this.#entries.find((known) => known.id === id);
    if (!entry) return undefined;
    this.#entries = this.#entries.filter((known) => known !== entry);
    if (this.#flying.get(entry.lane) === id) this.#flying.delete(entry.lane);
    this.#changed();
    this.#push(entry.lane);
    return entry;
  }

  #push(lane: string): void {
    if (this.#flying.has(lane) || this.#waits.has(lane)) return;
    const next = this.#entries.find((entry) => entry.lane === lane && !entry.failed);
    if (next && this.#options.send(next)) this.#flying.set(lane, next.id);
  }

  #wait(lane: string, millis: number): void {
    clearTimeout(this.#waits.get(lane));
    const timer = setTimeout(() => {
      this.#waits.delete(lane);
      this.#push(lane);
    }, millis);
    this.#waits.set(lane, timer);
  }

  #changed(): void {
    this.#options.onChange(this.#entries);
  }
}

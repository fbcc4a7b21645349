/**
 * The recorder with our settings: every event through the page's filter, what one task produced in one
 * flush, slower and at last not at all while the socket is full.
 */
import { record } from "@rrweb/record";
import type { eventWithTime } from "@rrweb/types";
import type { NodeMirror, PageFilter } from "./contract";
import { Fields } from "./fields";
import { FULL as FULL_SNAPSHOT, INCREMENT as INCREMENTAL, INPUT, META, MOUSE_MOVE } from "./kinds";
import { OWN } from "./stage";
import { FULL, INCREMENT, type Wire } from "./wire";

const EVENTS_MAX = 4_000;
const KB = 1_024;
const OVERFULL_LOOK_MS = 200;
const IDLE_WITHIN_MS = 1_000;

export const mirror: NodeMirror = record.mirror;

/** Where it goes: a share's socket, or the preview of a site's masks. */
export type Sink = Pick<Wire, "backlog" | "picture">;

export class Recorder {
  readonly #filter: PageFilter;
  readonly #wire: Sink;
  readonly #flushed: () => void;
  readonly #channel = new MessageChannel();
  readonly #away = new AbortController();
  readonly #fields: Fields;
  #stop: (() => void) | undefined;
  #events: eventWithTime[] = [];
  #due = false;
  #overfull = false;
  #wanted = false;

  constructor(filter: PageFilter, wire: Sink, flushed: () => void) {
    this.#filter = filter;
    this.#wire = wire;
    this.#flushed = flushed;
    this.#channel.port2.onmessage = ({ data }) => {
      if (data) this.#fields.look();
      this.#flush();
    };
    document.addEventListener("toggle", this.#toggled, { capture: true, signal: this.#away.signal });
    this.#stop = record({
      emit: (event) => this.#take(event as unknown as eventWithTime),
      sampling: { mousemove: 30, mousemoveCallback: 60, scroll: 50, input: "last" },
      recordAfter: "DOMContentLoaded",
      blockSelector: OWN,
      // Style sheets travel as they were written, by the filter's hand.
      inlineStylesheet: false,
      slimDOMOptions: true,
    });
    this.#fields = new Fields(
      mirror,
      (id, text, isChecked) => this.#change({ source: INPUT, id, text, isChecked }),
      () => this.#channel.port1.postMessage(1),
      this.#away.signal,
    );
  }

  /** A popover opens without a change of the tree: a change of ours says so. */
  #toggled = ({ target, newState }: Event & { newState?: string }): void => {
    const attributes = [{ id: mirror.getId(target as Node), attributes: { rr_popover: newState } }];
    this.#change({ source: 0, adds: [], removes: [], texts: [], attributes });
  };

  #change(data: object): void {
    this.#take({ type: INCREMENTAL, data, timestamp: Date.now() } as eventWithTime);
  }

  /** Off, with all that waits. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#events = [];
    this.#away.abort();
    this.#channel.port1.close();
  }

  /** The whole page again, when the browser has time for it. */
  snapshot(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    (window.requestIdleCallback ?? setTimeout)(
      () => {
        this.#wanted = false;
        if (this.#stop) record.takeFullSnapshot(true);
      },
      { timeout: IDLE_WITHIN_MS } as never,
    );
  }

  /** An event that is fit to leave. */
  add(event: eventWithTime): void {
    this.#events.push(event);
    if (this.#due) return;
    this.#due = true;
    const { backlog } = this.#wire;
    if (backlog <= 64 * KB) this.#channel.port1.postMessage(0);
    else setTimeout(() => this.#flush(), backlog > 256 * KB ? 200 : 50);
  }

  #take(event: eventWithTime): void {
    if (event.type === META) {
      // What changed before is in the picture that follows.
      this.#events = [];
      this.#overfull = false;
    }
    const source = event.type === INCREMENTAL ? event.data.source : undefined;
    if (this.#overfull || (source === MOUSE_MOVE && this.#wire.backlog > 64 * KB)) return;
    if (event.type === INCREMENTAL && event.data.source === INPUT) this.#fields?.told(event.data.id);
    else if (source !== MOUSE_MOVE) this.#fields?.lookSoon();
    const clean = this.#filter.event(event);
    if (clean) this.add(clean);
  }

  #flush(): void {
    this.#due = false;
    if (!this.#stop) return;
    if (this.#wire.backlog > 1_024 * KB) {
      this.#overflow();
      return;
    }
    const events = this.#events;
    this.#events = [];
    const full = events.findIndex((event) => event.type === FULL_SNAPSHOT) + 1;
    if (full) this.#wire.picture(FULL, events.slice(0, full));
    for (let at = full; at < events.length; at += EVENTS_MAX)
      if (!this.#wire.picture(INCREMENT, events.slice(at, at + EVENTS_MAX))) this.snapshot();
    this.#flushed();
  }

  /** Nothing is kept for a socket that takes nothing: the whole page goes when it has drained. */
  #overflow(): void {
    this.#overfull = true;
    this.#events = [];
    const look = () => {
      if (!this.#stop || !this.#overfull) return;
      if (this.#wire.backlog < 64 * KB) this.snapshot();
      else setTimeout(look, OVERFULL_LOOK_MS);
    };
    look();
  }
}

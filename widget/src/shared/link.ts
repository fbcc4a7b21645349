/**
 * The socket client of both packages: opens, says hello, beats, comes back.
 *
 * It knows hello, welcome, ping and pong, chunks and closing; every other frame
 * and all binary ones go up untouched. It keeps nothing of a conversation: what must be said
 * again after a cut is the outbox's (outbox.ts), what was heard is the log's
 * (log.ts). While `welcome` has not come, nothing but the hello is sent.
 */
import { toJson } from "./json";
import type { ClosingReason, ConversationId } from "./protocol";

export const SUBPROTOCOL = "comptoir.v1";
/** Silence after which a visible page sends a beat; browsers hide the protocol's own pings. */
export const BEAT_AFTER_MS = 20_000;
/** Silence after a beat that ends the socket. */
export const BEAT_ANSWER_MS = 5_000;
/** A socket that has not said welcome by then is given up. */
export const WELCOME_WITHIN_MS = 15_000;
export const BACKOFF_MS_MIN = 500;
export const BACKOFF_MS_MAX = 30_000;
/** The most while somebody looks at the page: they should not wait long once the server is back. */
export const BACKOFF_WATCHED_MS_MAX = 5_000;

/**
 * - `idle`: never opened, or closed by us.
 * - `connecting`: the first time, or at once after a cut.
 * - `open`: welcomed.
 * - `lost`: cut; it comes back by itself.
 * - `ended`: the server said not to come back.
 */
export type LinkState = "idle" | "connecting" | "open" | "lost" | "ended";

/** What the link must be able to read of a frame; the rest is the caller's. */
export interface DownFrame {
  type: string;
}

export interface LinkOptions<Up, Down extends DownFrame> {
  url: string;
  /** Asked before each connection: tokens and passes change. A failure counts as a cut. */
  hello(): Up | Promise<Up>;
  /** Every frame but pong, in order; `welcome` among them. */
  onFrame(frame: Down): void;
  /** Binary frames, in their order among the others; a socket without it gets none. */
  onData?(data: ArrayBuffer): void;
  /** `reason` when the server said why. */
  onState(state: LinkState, reason?: ClosingReason): void;
  /** For tests. */
  open?: (url: string, protocol: string) => WebSocket;
  random?: () => number;
}

/** Full jitter: anywhere between the least and an exponentially growing most. */
export function backoffMs(attempt: number, watched: boolean, random: () => number = Math.random): number {
  const bound = watched ? BACKOFF_WATCHED_MS_MAX : BACKOFF_MS_MAX;
  const most = Math.min(bound, BACKOFF_MS_MIN * 2 ** Math.min(attempt, 16));
  return BACKOFF_MS_MIN + random() * (most - BACKOFF_MS_MIN);
}

export class Link<Up, Down extends DownFrame> {
  #options: LinkOptions<Up, Down>;
  #socket: WebSocket | undefined;
  #state: LinkState = "idle";
  #attempt = 0;
  #heardAt = 0;
  #beatAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #unhook: (() => void) | undefined;
  /** What the server's closing frame asked: `null` = do not come back. */
  #asked: { retryMs: number | null; reason: ClosingReason } | undefined;

  constructor(options: LinkOptions<Up, Down>) {
    this.#options = options;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** For what is no JSON, while welcomed. */
  get socket(): WebSocket | undefined {
    return this.#state === "open" ? this.#socket : undefined;
  }

  /** Connects and stays connected until `close`. Calling it again does nothing. */
  open(): void {
    if (this.#state === "open" || this.#state === "connecting") return;
    this.#unhook ??= this.#hook();
    this.#connect();
  }

  /** Closes for good (until `open`). */
  close(): void {
    this.#unhook?.();
    this.#unhook = undefined;
    this.#drop();
    this.#become("idle");
  }

  /** Says a frame if welcomed. False = not sent; whatever must not be lost belongs in an outbox. */
  send(frame: Up): boolean {
    if (this.#state !== "open") return false;
    return this.#write(frame);
  }

  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void {
    if (this.#state !== "lost") return;
    this.#attempt = 0;
    this.#connect();
  }

  #write(frame: unknown): boolean {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(toJson(frame));
    return true;
  }

  #connect(): void {
    this.#drop();
    this.#asked = undefined;
    this.#become("connecting");
    const make = this.#options.open ?? ((url, protocol) => new WebSocket(url, protocol));
    let socket: WebSocket;
    try {
      socket = make(this.#options.url, SUBPROTOCOL);
    } catch {
      this.#lost();
      return;
    }
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    const mine = (act: () => void) => () => {
      if (this.#socket === socket) act();
    };
    socket.onopen = mine(() => void this.#greet(socket));
    socket.onmessage = (message) => {
      if (this.#socket === socket) this.#hear(message.data);
    };
    socket.onclose = (event) => {
      if (this.#socket === socket) this.#closed(event.code);
    };
    this.#heardAt = Date.now();
    this.#beatAt = 0;
    this.#clock = setInterval(() => this.#tick(), 1_000);
  }

  async #greet(socket: WebSocket): Promise<void> {
    try {
      const hello = await this.#options.hello();
      if (this.#socket === socket) this.#write(hello);
    } catch {
      if (this.#socket === socket) this.#lost();
    }
  }

  #hear(data: unknown): void {
    this.#heardAt = Date.now();
    this.#beatAt = 0;
    if (data instanceof ArrayBuffer) {
      this.#options.onData?.(data);
      return;
    }
    const frame = read<Down>(data);
    if (!frame) return;
    switch (frame.type) {
      case "pong":
        return;
      case "welcome":
        this.#attempt = 0;
        this.#become("open");
        break;
      case "closing":
        this.#asked = closing(frame);
        break;
    }
    this.#options.onFrame(frame);
    const chunk = frame as DownFrame & { more?: boolean; conversation?: ConversationId };
    if (chunk.type === "events" && chunk.more)
      this.#write({ type: "more", conversation: chunk.conversation });
  }

  /** Looks at the silence once a second; hidden pages leave it to the server's own pings. */
  #tick(): void {
    const now = Date.now();
    if (this.#state === "connecting") {
      if (now - this.#heardAt > WELCOME_WITHIN_MS) this.#lost();
      return;
    }
    if (this.#beatAt) {
      if (now - this.#beatAt > BEAT_ANSWER_MS) this.#lost();
    } else if (now - this.#heardAt > BEAT_AFTER_MS && !hidden()) {
      this.#beatAt = now;
      this.#write({ type: "ping" });
    }
  }

  #closed(code: number): void {
    // The codes of docs/protocol.md after which coming back would only be refused again.
    const final = code === 1008 || code === 4001 || code === 4003;
    if (this.#asked?.retryMs === null || (final && this.#asked?.retryMs == null)) {
      const reason =
        this.#asked?.reason ?? (code === 4003 ? "signed_out" : code === 4001 ? "other_tab" : "refused");
      this.#drop();
      this.#become("ended", reason);
    } else {
      this.#lost();
    }
  }

  #lost(): void {
    const asked = this.#asked;
    this.#drop();
    this.#become("lost", asked?.reason);
    const wait = asked?.retryMs ?? backoffMs(this.#attempt, !hidden(), this.#options.random);
    this.#attempt += 1;
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #drop(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#clock);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #become(state: LinkState, reason?: ClosingReason): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state, reason);
  }

  /** Network back, page shown again, page put away for the back/forward cache. */
  #hook(): () => void {
    const away = new AbortController();
    const on = (target: EventTarget, name: string, act: (event: Event) => void) =>
      target.addEventListener(name, act, { signal: away.signal });
    on(window, "online", () => this.retryNow());
    on(document, "visibilitychange", () => {
      if (hidden()) return;
      this.retryNow();
      if (this.#state === "open" && Date.now() - this.#heardAt > BEAT_AFTER_MS) this.#tick();
    });
    on(window, "pagehide", () => {
      if (this.#state === "idle" || this.#state === "ended") return;
      this.#drop();
      this.#become("lost");
    });
    on(window, "pageshow", () => this.retryNow());
    return () => away.abort();
  }
}

function hidden(): boolean {
  return document.visibilityState === "hidden";
}

function read<Down extends DownFrame>(data: unknown): Down | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "type" in frame ? (frame as Down) : undefined;
  } catch {
    return undefined;
  }
}

function closing(frame: DownFrame) {
  const { reason, retry_ms } = frame as DownFrame & { reason: ClosingReason; retry_ms?: number };
  return { reason, retryMs: retry_ms ?? null };
}

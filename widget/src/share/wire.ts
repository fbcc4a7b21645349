/**
 * The share's own socket, on the page's side: control messages as text, the picture in numbered parts.
 *
 * What waits is kept here and not in the socket, so that a Stop never stands behind a picture. Coming
 * back after a cut is the link's (../shared/link.ts); what is sent at all is decided by share.ts.
 */
import { toJson } from "../shared/json";
import { Link, type LinkState } from "../shared/link";
import type { ClosingReason, PageFrame, ToPage } from "../shared/protocol";
import type { Assets } from "./contract";

export const FULL = 1;
export const INCREMENT = 2;
const ASSET = 3;
const DEFLATED = 1;
const MORE = 2;
const HEAD_BYTES = 10;
/** Chromium fragments what is longer than 64 KiB, and fragments are refused. */
const PART_BYTES_MAX = 60 * 1_024 - HEAD_BYTES;
const DEFLATE_FROM_BYTES = 512;
const FULL_CHARS_MAX = 32 * 1_024 * 1_024;
const INCREMENT_CHARS_MAX = 4_000_000;
/** The most that is handed to the socket ahead of a control message. */
const AHEAD_BYTES = 128 * 1_024;
const DRAIN_LOOK_MS = 15;
/** Of pictures and files that wait: with more the next file is not begun. */
const ASSETS_AHEAD_BYTES = 256 * 1_024;
const ASSETS_LOOK_MS = 50;

export interface WireOptions {
  url: string;
  hello(): PageFrame;
  hear(frame: ToPage): void;
  state(state: LinkState, reason?: ClosingReason): void;
}

/** A file as the server takes it: its hash, then its bytes. */
export function namedFile(hash: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(32 + bytes.length);
  body.set(hash.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? []);
  body.set(bytes, 32);
  return body;
}

export class Wire {
  readonly #link: Link<PageFrame, ToPage>;
  #queue: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #doc = 0;
  #seq = 0;
  #assets = 0;

  constructor({ url, hello, hear, state }: WireOptions) {
    this.#link = new Link({ url, hello, onFrame: hear, onState: state });
  }

  open(): void {
    this.#link.open();
  }

  close(): void {
    this.#link.close();
  }

  /** The server fell silent. */
  again(): void {
    this.close();
    this.open();
  }

  /** At once, before any picture that waits. */
  say(frame: PageFrame): boolean {
    return this.#link.send(frame);
  }

  /** Bytes of pictures that have not left. */
  get backlog(): number {
    return this.#waiting + (this.#link.socket?.bufferedAmount ?? 0);
  }

  /** A recorder starts: what follows is of this document. */
  document(doc: number): void {
    this.#doc = doc;
    this.#seq = 0;
  }

  /** False = too large to be sent. */
  picture(kind: typeof FULL | typeof INCREMENT, events: readonly unknown[]): boolean {
    const json = wellFormed(toJson(events));
    if (json.length > (kind === FULL ? FULL_CHARS_MAX : INCREMENT_CHARS_MAX)) return false;
    this.#seq += 1;
    this.#send(kind, this.#seq, new TextEncoder().encode(json));
    return true;
  }

  /** One after the other, so that a picture never waits long behind them; while `goes`. */
  async assets(
    hashes: readonly string[],
    { bytes }: Pick<Assets, "bytes">,
    goes: () => boolean,
  ): Promise<void> {
    for (const hash of hashes) {
      const file = await bytes(hash);
      while (this.backlog > ASSETS_AHEAD_BYTES) await pause(ASSETS_LOOK_MS);
      if (file && goes()) this.#asset(hash, file);
    }
  }

  #asset(hash: string, bytes: Uint8Array): void {
    this.#assets += 1;
    this.#send(ASSET, this.#assets, namedFile(hash, bytes));
  }

  #send(kind: number, seq: number, bytes: Uint8Array<ArrayBuffer>): void {
    const { socket } = this.#link;
    const doc = this.#doc;
    this.#waiting += bytes.length;
    const job = async () => {
      const deflates = bytes.length > DEFLATE_FROM_BYTES;
      const body = deflates ? await deflated(bytes) : bytes;
      for (let at = 0; at < body.length; at += PART_BYTES_MAX) {
        // Of an earlier connection or document: nobody can use it any more.
        if (socket !== this.#link.socket || (kind !== ASSET && doc !== this.#doc)) return;
        while (socket?.bufferedAmount && socket.bufferedAmount > AHEAD_BYTES) await pause(DRAIN_LOOK_MS);
        const part = body.subarray(at, at + PART_BYTES_MAX);
        const more = at + PART_BYTES_MAX < body.length;
        const frame = new Uint8Array(HEAD_BYTES + part.length);
        const head = new DataView(frame.buffer);
        head.setUint8(0, kind);
        head.setUint8(1, (deflates ? DEFLATED : 0) | (more ? MORE : 0));
        head.setUint32(2, doc);
        head.setUint32(6, seq);
        frame.set(part, HEAD_BYTES);
        socket?.send(frame);
      }
    };
    this.#queue = this.#queue.then(job).then(
      () => this.#left(bytes),
      () => this.#left(bytes),
    );
  }

  #left(bytes: Uint8Array): void {
    this.#waiting -= bytes.length;
  }
}

/** `JSON.stringify` writes a lone surrogate as an escape, which no strict reader takes. */
export function wellFormed(json: string): string {
  if (!/\\ud[89a-f]/.test(json)) return json;
  return json.replace(/\\(?:u(d[89a-f]\w\w)|.)/g, (whole, lone) => (lone ? "\ufffd" : whole));
}

export async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

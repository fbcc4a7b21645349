/**
 * Data frames of a share: their head, their parts joined, their body inflated; all of it bounded.
 *
 * Pure but for the browser's own `DecompressionStream`. Which frame may follow which is sequence.ts;
 * what may be in a body is sanitise.ts.
 */

/** `u8` kind, `u8` flags, `u32` document, `u32` sequence number, big-endian. */
export const HEAD_BYTES = 10;
export const FULL = 1;
export const INCREMENT = 2;
const FLAG_DEFLATED = 1;
const FLAG_MORE = 2;

/** As sent, all parts together. */
const SENT_BYTES_MAX = { [FULL]: 8 << 20, [INCREMENT]: 512 << 10 };
/** As JSON. */
const INFLATED_BYTES_MAX = { [FULL]: 32 << 20, [INCREMENT]: 4 << 20 };

export type Kind = typeof FULL | typeof INCREMENT;

/** A whole frame, still as it was sent. */
export interface Whole {
  kind: Kind;
  deflated: boolean;
  doc: number;
  seq: number;
  body: Uint8Array<ArrayBuffer>;
}

/** What the server sends is joined here; anything that does not fit its own rules is a gap. */
export type Joined = { type: "whole"; whole: Whole } | { type: "part" } | { type: "broken" };

interface Head {
  kind: Kind;
  flags: number;
  doc: number;
  seq: number;
}

export class Joiner {
  #head: Head | undefined;
  #parts: Uint8Array<ArrayBuffer>[] = [];
  #bytes = 0;

  take(frame: ArrayBuffer): Joined {
    const head = headOf(frame);
    if (!head) return this.#broken();
    const begun = this.#head;
    if (begun && (begun.kind !== head.kind || begun.doc !== head.doc || begun.seq !== head.seq)) {
      // The rest of what was begun is lost; this may be the beginning of something whole.
      this.forget();
    }
    this.#head = head;
    this.#bytes += frame.byteLength - HEAD_BYTES;
    if (this.#bytes > SENT_BYTES_MAX[head.kind]) return this.#broken();
    this.#parts.push(new Uint8Array(frame, HEAD_BYTES));
    if (head.flags & FLAG_MORE) return { type: "part" };
    const { kind, doc, seq } = head;
    const whole = { kind, doc, seq, deflated: (head.flags & FLAG_DEFLATED) !== 0, body: joined(this.#parts) };
    this.forget();
    return { type: "whole", whole };
  }

  forget(): void {
    this.#head = undefined;
    this.#parts = [];
    this.#bytes = 0;
  }

  #broken(): Joined {
    this.forget();
    return { type: "broken" };
  }
}

function headOf(frame: ArrayBuffer): Head | undefined {
  if (frame.byteLength < HEAD_BYTES) return undefined;
  const view = new DataView(frame);
  const kind = view.getUint8(0);
  const flags = view.getUint8(1);
  if (kind !== FULL && kind !== INCREMENT) return undefined;
  if (flags & ~(FLAG_DEFLATED | FLAG_MORE)) return undefined;
  return { kind, flags, doc: view.getUint32(2), seq: view.getUint32(6) };
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The body's JSON, `undefined` when it is none or inflates to more than it may. The value is not
 * trusted in any way: it comes from a stranger's browser.
 */
export async function bodyOf({ kind, deflated, body }: Whole): Promise<unknown> {
  try {
    const bytes = deflated ? await inflated(body, INFLATED_BYTES_MAX[kind]) : body;
    return bytes === undefined
      ? undefined
      : JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

async function inflated(
  body: Uint8Array<ArrayBuffer>,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = new Blob([body]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(parts);
    bytes += value.length;
    if (bytes > bytesMax) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
}

/** What the server sends becomes whole frames, in bounds, whatever a stranger's page put into them. */
import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { bodyOf, FULL, HEAD_BYTES, INCREMENT, Joiner, type Whole } from "./wire";

function frame(kind: number, flags: number, doc: number, seq: number, body: Uint8Array): ArrayBuffer {
  const bytes = new Uint8Array(HEAD_BYTES + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, kind);
  view.setUint8(1, flags);
  view.setUint32(2, doc);
  view.setUint32(6, seq);
  bytes.set(body, HEAD_BYTES);
  return bytes.buffer;
}

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

function whole(parts: readonly ArrayBuffer[]): Whole {
  const joiner = new Joiner();
  const last = parts.map((part) => joiner.take(part)).at(-1);
  if (last?.type !== "whole") throw new Error(`not whole: ${last?.type}`);
  return last.whole;
}

test("a deflated page in three parts is read as it was written", async () => {
  const events = [{ type: 4, text: "chaise ".repeat(3_000) }];
  const packed = new Uint8Array(deflateRawSync(text(events)));
  const cut = [packed.subarray(0, 20), packed.subarray(20, 40), packed.subarray(40)];
  const parts = cut.map((part, at) => frame(FULL, at < 2 ? 3 : 1, 7, 1, part));
  const joined = whole(parts);
  expect(joined).toMatchObject({ kind: FULL, doc: 7, seq: 1, deflated: true });
  expect(await bodyOf(joined)).toEqual(events);
});

test("a plain body needs no inflating", async () => {
  expect(await bodyOf(whole([frame(INCREMENT, 0, 1, 2, text([1]))]))).toEqual([1]);
});

test("what begins anew lets go of the rest of what was begun", () => {
  const joiner = new Joiner();
  expect(joiner.take(frame(FULL, 2, 1, 1, text("lost"))).type).toBe("part");
  const next = joiner.take(frame(INCREMENT, 0, 1, 2, text([])));
  expect(next).toMatchObject({ type: "whole", whole: { seq: 2 } });
});

test.each([
  ["no head", new ArrayBuffer(4)],
  ["an asset", frame(3, 0, 1, 1, new Uint8Array(40))],
  ["an unknown kind", frame(9, 0, 1, 1, text([]))],
  ["an unknown flag", frame(FULL, 8, 1, 1, text([]))],
  ["an increment over its bound", frame(INCREMENT, 0, 1, 1, new Uint8Array((512 << 10) + 1))],
])("%s is refused", (_what, bytes) => {
  expect(new Joiner().take(bytes).type).toBe("broken");
});

test("parts that never end are refused at the bound", () => {
  const joiner = new Joiner();
  const part = frame(INCREMENT, 2, 1, 1, new Uint8Array(60 * 1024));
  const seen = Array.from({ length: 10 }, () => joiner.take(part).type);
  expect(seen).toContain("broken");
});

test.each([
  ["no JSON", text("x").subarray(0, 2), false],
  ["no deflate", text(["x"]), true],
  ["bytes that are no UTF-8", new Uint8Array([34, 0xff, 34]), false],
  ["a bomb", new Uint8Array(deflateRawSync(Buffer.alloc(5 << 20, 32))), true],
])("%s is nothing", async (_what, body, deflated) => {
  const bytes = new Uint8Array(body);
  expect(await bodyOf({ kind: INCREMENT, deflated, doc: 1, seq: 1, body: bytes })).toBeUndefined();
});

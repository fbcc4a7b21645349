/** A font made by hand: every letter from space to tilde is one filled square of one em, so that its use can be measured. */

const EM = 1_000;
const u16 = (...all) => Buffer.concat(all.map((n) => Buffer.from([(n >> 8) & 255, n & 255])));
const u32 = (...all) => Buffer.concat(all.map((n) => u16(n >>> 16, n & 0xffff)));

/** One glyph for all, beside the one of what is missing. */
function tables() {
  const square = Buffer.concat([
    u16(1, 0, 0, EM, EM, 3, 0), // one contour, its box, the last point, no instructions
    Buffer.from([1, 1, 1, 1]), // four points on the curve
    u16(0, 0, EM, 0), // x of each, from the one before
    u16(0, EM, 0, -EM), // y
  ]);
  const glyph = Buffer.concat([square, Buffer.alloc((4 - (square.length % 4)) % 4)]);
  const first = 32;
  const count = 127 - first;
  const map = Buffer.concat([
    u16(4, 32 + count * 2, 0, 4, 4, 1, 0), // format 4, two segments
    u16(126, 0xffff, 0, first, 0xffff, 0, 1, 4, 0), // ends, starts, deltas, where the glyphs stand
    u16(...Array(count).fill(1)),
  ]);
  return {
    "OS/2": Buffer.concat([
      u16(4, EM, 400, 5, 0, ...Array(10).fill(100), 0),
      Buffer.alloc(10 + 16),
      Buffer.from("TEST"),
      u16(64, first, 126, EM, 0, 0, EM, 0),
      u32(1, 0),
      u16(EM, EM, 0, first, 1),
    ]),
    cmap: Buffer.concat([u16(0, 1, 3, 1), u32(12), map]),
    glyf: Buffer.concat([glyph, glyph]),
    head: Buffer.concat([
      u32(0x10000, 0x10000, 0, 0x5f0f3cf5),
      u16(0, EM),
      Buffer.alloc(16),
      u16(0, 0, EM, EM, 0, 8, 2, 0, 0),
    ]),
    hhea: Buffer.concat([u32(0x10000), u16(EM, 0, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, 2)]),
    hmtx: u16(EM, 0, EM, 0),
    loca: u16(0, glyph.length / 2, glyph.length),
    maxp: Buffer.concat([u32(0x10000), u16(2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: u16(0, 0, 6),
    post: Buffer.concat([u32(0x30000), Buffer.alloc(28)]),
  };
}

export function squareFont() {
  const all = Object.entries(tables());
  let at = 12 + all.length * 16;
  const heads = [];
  const bodies = [];
  for (const [name, bytes] of all) {
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    let sum = 0;
    for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
    heads.push(Buffer.from(name.padEnd(4)), u32(sum, at, bytes.length));
    bodies.push(padded);
    at += padded.length;
  }
  const step = 2 ** Math.floor(Math.log2(all.length));
  const search = u16(all.length, step * 16, Math.log2(step), (all.length - step) * 16);
  return Buffer.concat([u32(0x10000), search, ...heads, ...bodies]);
}

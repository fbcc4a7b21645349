/** Files that the journeys send, drawn here so that no binary lies in the repository. */
import { deflateSync } from "node:zlib";

/** The plan of a small room with a desk and a lamp, as somebody would photograph it. */
export function roomPlan() {
  const [width, height] = [480, 300];
  const inside = (x, y, [left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom;
  const edge = (x, y, [left, top, right, bottom]) =>
    inside(x, y, [left, top, right, bottom]) && !inside(x, y, [left + 4, top + 4, right - 4, bottom - 4]);
  return png(width, height, (x, y) => {
    if (edge(x, y, [40, 30, 440, 270]) && !(x > 90 && x < 150 && y > 260)) return [52, 64, 84];
    if (inside(x, y, [300, 60, 410, 130])) return [196, 154, 108];
    if ((x - 385) ** 2 + (y - 95) ** 2 < 196) return [229, 88, 60];
    if (edge(x, y, [70, 60, 190, 160])) return [120, 132, 150];
    return (x + y) % 24 === 0 ? [236, 230, 218] : [250, 246, 238];
  });
}

/** A real PNG of one colour. */
export function picture(width = 320, height = 200, colour = [31, 78, 216]) {
  return png(width, height, () => colour);
}

/** A PNG whose pixels are what `colourAt` says. */
function png(width, height, colourAt) {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const crc = (bytes) => {
    let c = 0xffffffff;
    for (const byte of bytes) c = table[(c ^ byte) & 0xff] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  };
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(12 + data.length);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), 8 + data.length);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: width }, (__, x) => colourAt(x, y)).flat()]),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * What a shared page sends: the first picture of each page of the set, cold and with its style sheets
 * known to the server, and a minute of somebody who uses a shop. Counted on the wire.
 */
import { inflateRawSync } from "node:zlib";
import { median } from "../figures.mjs";
import { PAGES } from "../pages.mjs";

const [WORDS, FULL, , ASSET] = [0, 1, 2, 3];
const HEAD_BYTES = 10;
const DEFLATED = 1;
const MORE = 2;

/** Assets by hash: bytes on the wire, and whether it is a style sheet. */
function assetsOf(frames, known) {
  let parts = [];
  for (const { kind, payload, bytes } of frames) {
    if (kind !== ASSET) continue;
    parts.push({ payload, bytes });
    if (payload[1] & MORE) continue;
    const body = Buffer.concat(parts.map((part) => part.payload.subarray(HEAD_BYTES)));
    const whole = payload[1] & DEFLATED ? inflateRawSync(body) : body;
    known.set(whole.subarray(0, 32).toString("hex"), {
      bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
      isSheet: isText(whole.subarray(32)),
    });
    parts = [];
  }
  return known;
}

/** Pictures and fonts begin with signs that no style sheet has. */
function isText(bytes) {
  const begins = bytes.subarray(0, 200).toString("latin1");
  return !/^(?:\x89PNG|\xff\xd8|GIF8|RIFF|wOF|OTTO|<svg|<\?xml)/i.test(begins) && !bytes.includes(0);
}

const offered = (frames) =>
  frames.filter(({ kind }) => kind === WORDS).flatMap(({ payload }) => JSON.parse(payload).hashes ?? []);

export async function snapshots({ share, figures, counts }) {
  const { sent } = share;
  sent.begin();
  const seen = [];
  for (const path of PAGES.slice(0, counts.pages)) {
    const from = sent.frames.length;
    await share.goes(path);
    await sent.rests();
    seen.push({ path, frames: sent.frames.slice(from) });
  }
  // Of all pages together: under load a sheet may be sent when the next page is there already.
  const known = assetsOf(sent.frames, new Map());
  const [cold, warm, rest] = [[], [], []];
  for (const { path, frames } of seen) {
    const first = frames.filter(({ kind }) => kind === FULL).reduce((sum, { bytes }) => sum + bytes, 0);
    const named = [...new Set(offered(frames))].flatMap((hash) => known.get(hash) ?? []);
    const size = (sheets) =>
      named.filter(({ isSheet }) => isSheet === sheets).reduce((sum, { bytes }) => sum + bytes, 0);
    warm.push(first / 1_000);
    cold.push((first + size(true)) / 1_000);
    rest.push(size(false) / 1_000);
    process.stderr.write(
      `  ${path}: ${first} B, ${size(true)} B of styles, ${size(false)} B of fonts and pictures\n`,
    );
  }
  const note = `${cold.length} pages`;
  figures.add("first picture with its style sheets, median page", median(cold), "kB", { most: 35, note });
  figures.add("first picture, style sheets known, median page", median(warm), "kB", { most: 12, note });
  figures.add("first picture, style sheets known, largest page", Math.max(...warm), "kB");
  figures.add("fonts and pictures behind it, median page", median(rest), "kB");
}

/** Somebody in a hurry: the mouse never rests, the wheel turns, things go in the cart, words are typed. */
export async function heavyUse({ share, figures, counts }) {
  const { page, sent } = share;
  await share.goes("/shop");
  // The page and its pictures are counted above: here is what use adds.
  await sent.rests();
  sent.begin();
  const started = Date.now();
  const ends = started + counts.minuteSeconds * 1_000;
  const words = "a lamp for the desk, warm light, not too large ";
  for (let turn = 0; Date.now() < ends; turn++) {
    await page.mouse.move(100 + ((turn * 137) % 1_000), 120 + ((turn * 71) % 600), { steps: 25 });
    for (let notch = 0; notch < 4; notch++) {
      await page.mouse.wheel(0, turn % 6 < 3 ? 120 : -120);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 60)));
    }
    if (turn % 2 === 0)
      await page
        .locator(".add")
        .nth(turn % 60)
        .click();
    if (turn % 3 === 0)
      await page.locator(turn % 2 ? "#search" : "#note").pressSequentially(words.slice(0, 24), { delay: 60 });
    if (turn % 5 === 0) {
      await page.locator("#open").click();
      await page.locator("#shut").click();
    }
    if (turn % 4 === 0) await page.locator("#menu").click();
  }
  const seconds = (Date.now() - started) / 1_000;
  const total = sent.frames.reduce((sum, { bytes }) => sum + bytes, 0);
  const full = sent.frames.filter(({ kind }) => kind === FULL).length;
  figures.add("bytes a second under heavy use", total / seconds / 1_000, "kB/s", {
    most: 5,
    note: `${Math.round(seconds)} s, ${sent.frames.length} frames${full ? `, ${full} parts of a full picture among them` : ""}`,
  });
}

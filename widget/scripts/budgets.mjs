/**
 * Fails when the built widget is heavier than promised. Sizes are gzip -9 of
 * the files as they are served; the configuration's answer is counted as 1 KB.
 */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const KB = 1_024;
const CONFIG = 1 * KB;

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8"));
const size = (name) => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;

/** A chunk with all that it imports statically: what arrives when it is asked for. */
function withImports(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  const code = readFileSync(new URL(name, dist), "utf8");
  for (const [, file] of code.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
    withImports(`assets/${file}`, seen);
  return seen;
}
const sum = (names) => [...names].reduce((total, name) => total + size(name), 0);

const panel = withImports(manifest.panel);
const words = Object.values(manifest.words);
const heaviest = Math.max(...words.map(size));
const loader = size("w.js");

/** What only an agreement brings: the chunk, and what of its imports no question has brought before. */
const chunks = readdirSync(new URL("assets/", dist)).map((name) => `assets/${name}`);
const share = chunks.filter((name) => /\/share-[\w-]+\.js$/.test(name));
if (share.length !== 1) throw new Error("budgets: the recorder must be one chunk of its own");
const asked = chunks.filter((name) => /\/ask-[\w-]+\.js$/.test(name));
const before = new Set([manifest.panel, ...asked].flatMap((name) => [...withImports(name)]));
const after = [...withImports(share[0])].filter((name) => !before.has(name));

const lines = [
  ["loader", loader, 3 * KB],
  ["before any act", loader + CONFIG, 8 * KB],
  ["panel's own chunk", size(manifest.panel), 20 * KB],
  ["first open", loader + CONFIG + sum(panel) + heaviest, 30 * KB],
  ["requests of the first open", 2 + panel.size + 1, 6],
  ["recorder, filter and executor of a shared page", sum(after), 30 * KB],
];
let failed = false;
for (const [what, is, most] of lines) {
  const over = is > most;
  failed ||= over;
  console.log(`${over ? "OVER " : "ok   "} ${what}: ${is} of ${most}`);
}
if (failed) {
  console.error("budgets: the widget is heavier than promised; make it smaller or fetch that part later");
  process.exit(1);
}

/**
 * Fails when the console's first route is heavier than promised: all script and style that arrives
 * before the inbox's list can be used, in the heaviest language; and when the replayer of a shared
 * page is. Sizes are gzip -9.
 */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const FIRST_ROUTE_BYTES_MAX = 45 * 1_024;
const REPLAY_BYTES_MAX = 65 * 1_024;

const dist = new URL("../dist/", import.meta.url);
const read = (name) => readFileSync(new URL(name, dist), "utf8");
const size = (name) => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;

/** A chunk with all that it imports statically. */
function withImports(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, file] of read(name).matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
    withImports(`assets/${file}`, seen);
  return seen;
}

const named = [...read("index.html").matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.(?:js|css))"/g)].map(
  ([, name]) => name,
);
const files = new Set(named.flatMap((name) => (name.endsWith(".js") ? [...withImports(name)] : [name])));
const words = readdirSync(new URL("assets/", dist)).filter((name) => /^(?:english|french)-/.test(name));
if (files.size === 0 || words.length !== 2)
  throw new Error("budgets: the built console is not as expected; run `npm run build`");

const heaviest = Math.max(...words.map((name) => size(`assets/${name}`)));
const total = [...files].reduce((sum, name) => sum + size(name), heaviest);
const replay = readdirSync(new URL("assets/", dist)).filter((name) => /^picture-.*js$/.test(name));
if (replay.length !== 1 || [...files].some((name) => name.includes("picture-")))
  throw new Error("budgets: the replayer must be a chunk of its own, fetched in the shared page's tab only");

const lines = [
  [`console's first route (${files.size + 1} files)`, total, FIRST_ROUTE_BYTES_MAX],
  ["replayer of a shared page", size(`assets/${replay[0]}`), REPLAY_BYTES_MAX],
];
let failed = false;
for (const [what, is, most] of lines) {
  failed ||= is > most;
  console.log(`${is > most ? "OVER " : "ok   "} ${what}: ${is} of ${most}`);
}
if (failed) {
  console.error("budgets: the console is heavier than promised; fetch that part later");
  process.exit(1);
}

/**
 * Fails when the console's first route is heavier than promised: all script and style that arrives
 * before the inbox's list can be used, in the heaviest language. Sizes are gzip -9.
 */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const FIRST_ROUTE_BYTES_MAX = 45 * 1_024;

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
const over = total > FIRST_ROUTE_BYTES_MAX;
console.log(
  `${over ? "OVER " : "ok   "} console's first route: ${total} of ${FIRST_ROUTE_BYTES_MAX} (${files.size + 1} files)`,
);
if (over) {
  console.error("budgets: the console is heavier than promised; fetch that part later");
  process.exit(1);
}

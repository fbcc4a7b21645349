/**
 * `make bench-cobrowse`: shared pages measured beside their goals, with the real server and two people in
 * Chromium. A table on standard output, tests/bench/out/cobrowse.json beside.
 *
 * Times depend on what else the machine does: the load stands in each line, and ratios and counts hold
 * anyway. COMPTOIR_BENCH_QUICK=1 takes fewer samples, for trying; COMPTOIR_BENCH_ONLY=latency,bytes some parts.
 */
import { Figures } from "../figures.mjs";
import { Bench, OUT } from "../people.mjs";
import { heavyUse, snapshots } from "./bytes.mjs";
import { blocked, cost } from "./cost.mjs";
import { clicks, latency } from "./latency.mjs";
import { memory } from "./memory.mjs";
import { navigation } from "./navigation.mjs";
import { takeBack } from "./takeback.mjs";

const quick = process.env.COMPTOIR_BENCH_QUICK === "1";
const WHOLE = {
  mutations: 500,
  clicks: 200,
  pages: Number.POSITIVE_INFINITY,
  minuteSeconds: 60,
  navigations: 30,
  rounds: 20,
  rows: 1_000,
  snapshots: 5,
  takeBacks: 10,
  warmShares: 10,
  shares: 200,
};
const QUICK = {
  mutations: 50,
  clicks: 20,
  pages: 4,
  minuteSeconds: 10,
  navigations: 5,
  rounds: 3,
  rows: 500,
  snapshots: 2,
  takeBacks: 2,
  warmShares: 3,
  shares: 10,
};
const counts = { ...(quick ? QUICK : WHOLE) };
counts.minuteSeconds = Number(process.env.COMPTOIR_BENCH_MINUTE ?? counts.minuteSeconds);

/** Each with people of its own, so that one that fails spoils none. Pictures first: the server knows no sheet yet. */
const PARTS = { snapshots, latency, clicks, heavyUse, navigation, cost, blocked, takeBack, memory };
const only = process.env.COMPTOIR_BENCH_ONLY?.split(",");

const figures = new Figures();
const bench = await Bench.open();
try {
  for (const [name, measure] of Object.entries(PARTS)) {
    if (only && !only.includes(name)) continue;
    process.stderr.write(`── ${name}\n`);
    try {
      const share = await bench.share();
      await measure({ bench, share, figures, counts });
      await share.close();
    } catch (error) {
      figures.failed(name, error);
    }
  }
} finally {
  await bench.close();
}
await figures.write(`${OUT}cobrowse.json`, { quick });
process.stdout.write(`${process.argv.includes("--json") ? figures.json() : figures.table()}\n`);

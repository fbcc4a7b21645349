/**
 * `make bench-fidelity`: how like the visitor's page the agent's picture of it is, pixel by pixel, on
 * pages of others at two widths, at the top and scrolled. A table on standard output; pictures of the
 * worst ones, and every figure as JSON, in tests/bench/out/fidelity.
 *
 * Both are taken at the same size by the same browser, so that nothing but the page may differ. A page
 * without its style sheets proves nothing: that they came is asserted on both sides.
 * COMPTOIR_BENCH_PAGES=uikit,form takes only pages with such a word in their address.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { Figures, percentile } from "../figures.mjs";
import { LAB_PAGES } from "../lab.mjs";
import { PAGES } from "../pages.mjs";
import { Bench, OUT as OUT_ALL, STANDING } from "../people.mjs";

const OUT = `${OUT_ALL}fidelity/`;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const SCROLLS = [0, 600];
const THRESHOLD = 0.1;
const WORST_KEPT = 8;
/** Large enough that a visitor's page stands in it at its own size. */
const ROOM = { width: 1760, height: 1100 };
const SETTLED_WITHIN_MS = 20_000;

/** Our own parts, which are no part of the picture, are drawn through while the visitor's is taken. */
function seeThrough(on) {
  const clear = new CSSStyleSheet();
  clear.replaceSync("* { opacity: 0 !important }");
  for (const { shadowRoot } of document.querySelectorAll(
    "comptoir-share, comptoir-chat, comptoir-launcher",
  )) {
    if (!shadowRoot) continue;
    if (on) shadowRoot.adoptedStyleSheets.push(clear);
    else shadowRoot.adoptedStyleSheets.pop();
  }
}

/** Style sheets with rules, and whether pictures and fonts have come. */
function stateOf(standing) {
  const root = standing ? document.querySelector(standing).contentDocument : document;
  const rules = [...root.styleSheets].map((sheet) => {
    try {
      return sheet.cssRules.length;
    } catch {
      return 0;
    }
  });
  const pictures = [...root.images].every((image) => image.complete);
  return {
    sheets: rules.filter((count) => count > 0).length,
    settled: pictures && root.fonts.status === "loaded",
    top: (root.scrollingElement ?? root.documentElement).scrollTop,
  };
}

async function settles({ page, tab, sent }, top) {
  for (const deadline = Date.now() + SETTLED_WITHIN_MS; ; ) {
    await sent.rests();
    const [ours, theirs] = [await page.evaluate(stateOf), await tab.page.evaluate(stateOf, STANDING)];
    const same = Math.abs(ours.top - theirs.top) <= 1 && ours.top <= top;
    if (ours.settled && theirs.settled && same) return [ours, theirs];
    if (Date.now() > deadline) return [ours, theirs];
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function pictures({ page, tab }) {
  await page.evaluate(seeThrough, true);
  const visitor = await page.screenshot({ animations: "disabled" });
  await page.evaluate(seeThrough, false);
  const clip = await tab.page.locator(STANDING).boundingBox();
  const agent = await tab.page.screenshot({
    animations: "disabled",
    clip,
    style: ".visitor-pointer { display: none !important }",
  });
  return [visitor, agent];
}

function compared(first, second) {
  const [one, other] = [PNG.sync.read(first), PNG.sync.read(second)];
  const { width, height } = one;
  if (width !== other.width || height !== other.height)
    throw new Error(`${width}x${height} and ${other.width}x${other.height}: not of one size`);
  const diff = new PNG({ width, height });
  const pixels = pixelmatch(one.data, other.data, diff.data, width, height, { threshold: THRESHOLD });
  return { share: (100 * pixels) / (width * height), diff: PNG.sync.write(diff) };
}

async function look(bench, share, path, size, views) {
  const { page, tab } = share;
  await page.setViewportSize(size);
  bench.store.missing = [];
  await share.goes(path);
  for (const top of SCROLLS) {
    await page.evaluate((to) => scrollTo({ top: to, behavior: "instant" }), top);
    const [ours, theirs] = await settles(share, top);
    const [visitor, agent] = await pictures(share);
    const lost = bench.store.missing.filter((one) => one.path.endsWith(".css"));
    if (ours.sheets === 0 || theirs.sheets === 0 || lost.length)
      throw new Error(
        `${path}: ${ours.sheets} style sheets, ${theirs.sheets} at the agent's, ${lost.length} not found`,
      );
    const veil = await tab.page.locator(".stage-veil").count();
    const { share: differs, diff } = compared(visitor, agent);
    const name = `${path.slice(1).replace(/\W+/g, "-")}-${size.width}-${top}`;
    views.push({ name, path, width: size.width, top, differs, visitor, agent, diff });
    const told = ours.settled && theirs.settled && !veil ? "" : ", not settled";
    process.stderr.write(`  ${differs.toFixed(2).padStart(6)} %  ${name}${told}\n`);
  }
}

async function keep(views) {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const worst = [...views].sort((one, other) => other.differs - one.differs).slice(0, WORST_KEPT);
  for (const view of worst.filter(({ differs }) => differs > 0))
    for (const part of ["visitor", "agent", "diff"])
      await writeFile(`${OUT}${view.name}-${part}.png`, view[part]);
  return worst;
}

const figures = new Figures();
const words = process.env.COMPTOIR_BENCH_PAGES?.split(",");
const paths = [...PAGES, ...LAB_PAGES].filter((path) => words?.some((word) => path.includes(word)) ?? true);
const views = [];
const failed = [];
const bench = await Bench.open();
try {
  const share = await bench.share({ agent: ROOM });
  for (const size of SIZES)
    for (const path of paths)
      await look(bench, share, path, size, views).catch((error) => {
        process.stderr.write(`  ${path}: ${error.stack}\n`);
        failed.push(`${path} at ${size.width}`);
      });
} finally {
  await bench.close();
}

const worst = await keep(views);
const all = views.map(({ differs }) => differs);
const under = (most) =>
  (100 * all.filter((one) => one < most).length) / (all.length + failed.length * SCROLLS.length);
const note = `${all.length} views of ${paths.length} pages`;
figures.add("views with under 1 % of their pixels different", under(1), "%", { least: 95, note });
figures.add("worst view", Math.max(...all), "%", { most: 5, note: worst[0]?.name });
figures.add("median view", percentile(all, 0.5), "%");
figures.add("pages that could not be compared", failed.length, "", { most: 0, note: failed.join(", ") });
const told = views.map(({ path, width, top, differs }) => ({ path, width, top, differs }));
await figures.write(`${OUT}figures.json`, { views: told });
process.stdout.write(
  `${process.argv.includes("--json") ? figures.json({ views: told }) : figures.table()}\n`,
);
if (!process.argv.includes("--json"))
  process.stdout.write(
    `the worst: ${worst.map(({ name, differs }) => `${name} ${differs.toFixed(2)} %`).join(", ")}\n`,
  );

/**
 * How long the agent sees the page before while the visitor's browser goes on to the next one, control
 * kept: from the start of the navigation until the new picture is painted. The agent drives, by a link.
 */
import { percentile } from "../figures.mjs";
import { SOME_PAGES } from "../pages.mjs";
import { STANDING } from "../people.mjs";

const LINK = "bench-next";
const STEP_MS = 20_000;

/** In each page of the visitor: a link to the next one. */
function link([id, pages]) {
  addEventListener("DOMContentLoaded", () => {
    const at = pages.indexOf(location.pathname);
    const next = document.createElement("a");
    next.id = id;
    next.href = pages[(at + 1) % pages.length];
    next.textContent = "Next";
    next.style.cssText = "position:fixed;inset:4px auto auto 4px;z-index:99999;background:#fff;padding:4px";
    document.body.append(next);
  });
}

/** When another picture stands, and is painted. */
function watch(standing) {
  const now = () => performance.timeOrigin + performance.now();
  let last = document.querySelector(standing);
  window.benchPictures = [];
  new MutationObserver(() => {
    const frame = document.querySelector(standing);
    if (!frame || frame === last) return;
    last = frame;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.benchPictures.push(now());
      port2.postMessage(0);
    });
  }).observe(document.body, { attributes: true, childList: true, subtree: true, attributeFilter: ["class"] });
}

export async function navigation({ share, figures, counts }) {
  const { tab, page } = share;
  await page.addInitScript(link, [LINK, SOME_PAGES]);
  await share.goes(SOME_PAGES[0]);
  await share.drives();
  await tab.page.evaluate(watch, STANDING);
  const [gaps, parsing] = [[], []];
  let kept = 0;
  for (let n = 0; n < counts.navigations; n++) {
    const before = await tab.page.evaluate(() => window.benchPictures.length);
    const from = page.url();
    const next = tab.picture.locator(`#${LINK}`);
    await next.waitFor();
    // An order is refused while the visitor's own press of Agree is a moment old: pressed again then.
    for (const deadline = Date.now() + STEP_MS; page.url() === from && Date.now() < deadline; ) {
      await tab.clicks(next);
      await page
        .waitForURL((url) => url.href !== from, { timeout: 1_500, waitUntil: "commit" })
        .catch(() => undefined);
    }
    await tab.page.waitForFunction((count) => window.benchPictures.length > count, before, {
      timeout: STEP_MS,
    });
    const shown = await tab.page.evaluate((at) => window.benchPictures[at], before);
    const { started, parsed } = await page.evaluate(() => ({
      started: performance.timeOrigin,
      parsed: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
    }));
    gaps.push(shown - started);
    parsing.push(parsed);
    await tab.says("You drive the page");
    kept += 1;
  }
  const note = `${gaps.length} navigations, control kept in ${kept}`;
  figures.add("navigation gap at the agent, p50", percentile(gaps, 0.5), "ms", { note });
  figures.add("navigation gap at the agent, p95", percentile(gaps, 0.95), "ms", { most: 500 });
  figures.add("of which the store's page until it is parsed, p95", percentile(parsing, 0.95), "ms");
  figures.add("control kept over navigations", (100 * kept) / counts.navigations, "%", { least: 100 });
}

/**
 * Take back and Stop: how soon the visitor's own page has done it, by its own word, and how soon the
 * agent's tab says so; at rest and while the page sends as much as it may.
 */
import { percentile } from "../figures.mjs";

const STEP_MS = 20_000;

/** When the banner stopped to say `word`, after the press. */
function watchBanner(word) {
  const now = () => performance.timeOrigin + performance.now();
  const root = document.querySelector("comptoir-share").shadowRoot;
  window.benchPress = undefined;
  window.benchLocal = undefined;
  const pressed = (event) => {
    window.benchPress = performance.timeOrigin + event.timeStamp;
  };
  addEventListener("click", pressed, { capture: true, once: true });
  const observer = new MutationObserver(() => {
    if (window.benchPress === undefined || root.textContent.includes(word)) return;
    window.benchLocal = now();
    observer.disconnect();
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });
}

/** When the agent's bar did. */
function watchBar(word) {
  const bar = document.querySelector(".screen-bar");
  const now = () => performance.timeOrigin + performance.now();
  window.benchTold = undefined;
  const observer = new MutationObserver(() => {
    if (bar.textContent.includes(word)) return;
    window.benchTold = now();
    observer.disconnect();
  });
  observer.observe(bar, { childList: true, characterData: true, subtree: true });
}

/** Text that does not get smaller, about a megabyte a second. */
function flood() {
  const box = document.body.appendChild(document.createElement("p"));
  box.style.cssText = "position:fixed;inset:auto 0 0 0;height:20px;overflow:hidden";
  window.benchFlood = setInterval(() => {
    const bytes = crypto.getRandomValues(new Uint8Array(48 * 1_024));
    box.textContent = btoa(String.fromCharCode(...bytes));
  }, 50);
}

async function pressed({ page, tab }, press, [local, told]) {
  await tab.page.evaluate(watchBar, told);
  await page.evaluate(watchBanner, local);
  await press();
  await page.waitForFunction(() => window.benchLocal !== undefined, undefined, { timeout: STEP_MS });
  await tab.page.waitForFunction(() => window.benchTold !== undefined, undefined, { timeout: STEP_MS });
  const [at, done] = await page.evaluate(() => [window.benchPress, window.benchLocal]);
  return { local: done - at, confirmed: (await tab.page.evaluate(() => window.benchTold)) - at };
}

export async function takeBack({ share, figures, counts }) {
  const { page, tab, shared } = share;
  const rounds = { rest: [], flooded: [], stop: [] };
  for (const state of ["rest", "flooded"]) {
    for (let round = 0; round < counts.takeBacks; round++) {
      await share.drives();
      if (state === "flooded") await page.evaluate(flood);
      if (state === "flooded") await page.evaluate(() => new Promise((done) => setTimeout(done, 1_000)));
      rounds[state].push(
        await pressed(share, () => shared.takesBack(), ["drives this page", "You drive the page"]),
      );
      await page.evaluate(() => clearInterval(window.benchFlood));
    }
  }
  for (let round = 0; round < Math.ceil(counts.takeBacks / 2); round++) {
    if (round) {
      await tab.button("again").click();
      await shared.answers(true);
      await tab.says("shares this page with you");
    }
    rounds.stop.push(
      await pressed(share, () => shared.stops(), ["sees this page", "shares this page with you"]),
    );
  }
  const told = { rest: "take back", flooded: "take back under 1 MB/s", stop: "stop" };
  for (const [state, name] of Object.entries(told)) {
    const of = (key) =>
      percentile(
        rounds[state].map((one) => one[key]),
        0.95,
      );
    figures.add(`${name}, done on the page, p95`, of("local"), "ms", {
      most: 50,
      note: `${rounds[state].length} times`,
    });
    figures.add(`${name}, told at the agent's, p95`, of("confirmed"), "ms", { most: 500 });
  }
}

/**
 * How long a change takes from the visitor's page to the agent's screen, beside rrweb's live mode as it
 * comes on the same pages; and how long from an agent's click to its effect in the picture.
 *
 * One clock: all windows are of one browser on one machine, and tell the time by its epoch.
 */
import { WebSocketServer } from "ws";
import { percentile } from "../figures.mjs";
import { SOME_PAGES } from "../pages.mjs";
import { STANDING } from "../people.mjs";
import { Store } from "../store.mjs";

const PROBE = "bench-probe";
/** Between two changes: not in step with the screen. */
const [REST_MS, JITTER_MS] = [45, 40];
const LOST_AFTER_MS = 5_000;

/** A text and a button on the visitor's page; the button changes the text, as an agent's click does. */
function place(probe) {
  const box = document.createElement("div");
  box.style.cssText = "position:fixed;inset:4px auto auto 4px;z-index:99999;background:#fff;padding:4px";
  const text = document.createElement("span");
  text.id = probe;
  text.textContent = "0";
  const button = document.createElement("button");
  button.id = `${probe}-button`;
  button.textContent = "Count";
  button.onclick = () => {
    text.firstChild.data = String(Number(text.firstChild.data) + 1);
  };
  box.append(text, button);
  document.body.append(box);
}

/** Times at which a change was applied to the picture, and painted. */
function watch([standing, probe]) {
  const now = () => performance.timeOrigin + performance.now();
  const text = document.querySelector(standing).contentDocument.getElementById(probe);
  window.benchSeen = [];
  new MutationObserver(() => {
    const seen = { what: text.textContent, applied: now() };
    requestAnimationFrame(() => {
      // A task behind the frame: it is with the compositor.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.benchSeen.push({ ...seen, painted: now() });
      port2.postMessage(0);
    });
  }).observe(text, { characterData: true, childList: true, subtree: true });
}

async function change({ probe, count, rest, jitter }) {
  const now = () => performance.timeOrigin + performance.now();
  const text = document.getElementById(probe);
  const made = [];
  for (let n = 1; n <= count; n++) {
    await new Promise((done) => setTimeout(done, rest + Math.random() * jitter));
    made.push({ what: String(n), at: now() });
    text.firstChild.data = String(n);
  }
  return made;
}

/** Applied and painted, in ms after each change. */
async function sample(visitor, agent, standing, count) {
  await visitor.evaluate(place, PROBE);
  await agent.waitForFunction(
    ([frame, probe]) => document.querySelector(frame)?.contentDocument?.getElementById(probe),
    [standing, PROBE],
  );
  await agent.evaluate(watch, [standing, PROBE]);
  const order = { probe: PROBE, count, rest: REST_MS, jitter: JITTER_MS };
  const made = await visitor.evaluate(change, order);
  await agent
    .waitForFunction((last) => window.benchSeen.some(({ what }) => what === last), String(count), {
      timeout: LOST_AFTER_MS,
    })
    .catch(() => undefined);
  const seen = new Map((await agent.evaluate(() => window.benchSeen)).map((one) => [one.what, one]));
  return made.map(({ what, at }) => {
    const one = seen.get(what);
    return one && { applied: one.applied - at, painted: one.painted - at };
  });
}

const all = (samples, key) => samples.filter(Boolean).map((one) => one[key]);

export async function latency({ bench, share, figures, counts }) {
  const each = Math.ceil(counts.mutations / SOME_PAGES.length);
  const stock = await Stock.open(bench);
  const [ours, theirs] = [[], []];
  try {
    // Page by page in turn, so that both see the same load.
    for (const path of SOME_PAGES) {
      await share.goes(path);
      ours.push(...(await sample(share.page, share.tab.page, STANDING, each)));
      await stock.goes(path);
      theirs.push(...(await sample(stock.visitor, stock.agent, "iframe", each)));
    }
  } finally {
    await stock.close();
  }
  const note = `${ours.length} samples on ${SOME_PAGES.length} pages`;
  const lost = ours.filter((one) => !one).length;
  figures.add("mutation to applied at the agent, p50", percentile(all(ours, "applied"), 0.5), "ms", { note });
  figures.add("mutation to applied at the agent, p95", percentile(all(ours, "applied"), 0.95), "ms", {
    most: 15,
  });
  figures.add("mutation to painted at the agent, p50", percentile(all(ours, "painted"), 0.5), "ms");
  figures.add("mutation to painted at the agent, p95", percentile(all(ours, "painted"), 0.95), "ms", {
    most: 25,
  });
  figures.add("mutations lost", lost, "", { most: 0 });
  const stockP95 = percentile(all(theirs, "painted"), 0.95);
  figures.add("rrweb's stock live mode, painted, p50", percentile(all(theirs, "painted"), 0.5), "ms", {
    note: `${theirs.filter(Boolean).length} of ${theirs.length} seen`,
  });
  figures.add("rrweb's stock live mode, painted, p95", stockP95, "ms");
  const ratio = (key, share) => percentile(all(theirs, key), share) / percentile(all(ours, key), share);
  figures.add("stock is slower by, painted p95", ratio("painted", 0.95), "×", { least: 3 });
  figures.add("stock is slower by, painted p50", ratio("painted", 0.5), "×");
  figures.add("stock is slower by, applied p50", ratio("applied", 0.5), "×");
}

/** The agent's clicks, each until its effect is in the picture. */
export async function clicks({ share, figures, counts }) {
  const { tab } = share;
  await share.goes(SOME_PAGES[0]);
  await share.drives();
  await share.page.evaluate(place, PROBE);
  const button = tab.picture.locator(`#${PROBE}-button`);
  await button.waitFor();
  await tab.page.evaluate(watch, [STANDING, PROBE]);
  await tab.page.evaluate(() => {
    window.benchClicks = [];
    const now = () => performance.timeOrigin + performance.now();
    addEventListener("click", () => window.benchClicks.push(now()), { capture: true });
  });
  // The visitor's own press of Agree holds orders off for a moment: not what is measured.
  await tab.clicks(button);
  await tab.page.waitForFunction(() => window.benchSeen.length > 0).catch(() => undefined);
  const samples = [];
  let lost = 0;
  for (let n = 0; n < counts.clicks; n++) {
    const before = await tab.page.evaluate(() => window.benchSeen.length);
    await tab.clicks(button);
    const seen = await tab.page
      .waitForFunction((count) => window.benchSeen.length > count, before, {
        timeout: LOST_AFTER_MS,
        polling: 10,
      })
      .catch(() => undefined);
    if (!seen) {
      lost += 1;
      continue;
    }
    const [clicked, last] = await tab.page.evaluate(() => [
      window.benchClicks.at(-1),
      window.benchSeen.at(-1),
    ]);
    samples.push({ applied: last.applied - clicked, painted: last.painted - clicked });
  }
  const note = `${samples.length} clicks`;
  figures.add("agent's click to effect applied, p95", percentile(all(samples, "applied"), 0.95), "ms", {
    note,
  });
  figures.add("agent's click to effect painted, p50", percentile(all(samples, "painted"), 0.5), "ms");
  figures.add("agent's click to effect painted, p95", percentile(all(samples, "painted"), 0.95), "ms", {
    most: 40,
  });
  figures.add("clicks lost", lost, "", { most: 0 });
}

/** rrweb as its guide shows it for live use: recorder, a socket for each event, replayer in live mode. */
class Stock {
  static async open(bench) {
    const stock = new Stock();
    const relay = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await new Promise((done) => relay.once("listening", done));
    relay.on("connection", (socket) =>
      socket.on("message", (data) => {
        for (const other of relay.clients) if (other !== socket) other.send(String(data));
      }),
    );
    const url = `ws://127.0.0.1:${relay.address().port}`;
    stock.relay = relay;
    stock.store = await Store.open(`<script src="/stock.js"></script>`);
    const record = `addEventListener("DOMContentLoaded", () => {
      if (!("rrweb" in window)) return;
      const socket = new WebSocket(${JSON.stringify(url)});
      socket.onopen = () => rrweb.record({ emit: (event) => socket.send(JSON.stringify(event)) });
    })`;
    const replay = `const replayer = new rrweb.Replayer([], { liveMode: true });
      replayer.startLive();
      const socket = new WebSocket(${JSON.stringify(url)});
      socket.onmessage = ({ data }) => replayer.addEvent(JSON.parse(data));`;
    const visitors = await bench.desk.context({ width: 1280, height: 800 });
    await visitors.addInitScript(record);
    stock.visitor = await visitors.newPage();
    stock.agents = await bench.desk.context({});
    stock.replay = replay;
    return stock;
  }

  /** A recording is of one page: each page has a watcher of its own. */
  async goes(path) {
    await this.agent?.close();
    await this.visitor.goto("about:blank");
    this.agent = await this.agents.newPage();
    await this.agent.goto(`${this.store.origin}/watch`);
    await this.agent.waitForFunction(() => "rrweb" in window);
    await this.agent.evaluate(this.replay);
    await this.visitor.goto(new URL(path, this.store.origin).href, { waitUntil: "load" });
    await this.agent.locator("iframe").waitFor();
  }

  async close() {
    await this.agent?.context().close();
    await this.visitor.context().close();
    await new Promise((done) => this.relay.close(done));
    await this.store.close();
  }
}

/**
 * What the recorder costs the visitor's page: a loop that does nothing but change the page, and a usual
 * interaction, each with and without a share, in turn; and how long a full picture holds the page up.
 */
import { median, percentile } from "../figures.mjs";
import { PAGES } from "../pages.mjs";

/** Makes, changes, marks, moves and removes rows, with the layout each step needs; all of it is timed. */
async function churn(rows) {
  const task = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = done;
      port2.postMessage(0);
    });
  await task();
  const started = performance.now();
  const list = document.createElement("div");
  document.body.append(list);
  const step = async (act) => {
    act();
    list.getBoundingClientRect();
    // What is recorded of it is done in a task behind it.
    await task();
    await task();
  };
  await step(() => {
    for (let at = 0; at < rows; at++) {
      const row = document.createElement("div");
      row.className = "row";
      for (const text of [`Article ${at}`, `${at % 90} €`])
        row.append(Object.assign(document.createElement("span"), { textContent: text }));
      list.append(row);
    }
  });
  await step(() => {
    for (let at = 0; at < rows; at += 3)
      list.children[at].firstChild.firstChild.data = `Article ${at}, changed`;
  });
  await step(() => {
    for (const row of list.children) row.classList.toggle("on");
  });
  await step(() => {
    for (let at = 0; at < rows / 10; at++) list.append(list.children[at * 5]);
  });
  await step(() => list.remove());
  return performance.now() - started;
}

/** The main thread's busy time, as the browser counts it. */
async function busy(page, session, act) {
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
  };
  const before = await read();
  await act();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
  return (await read()) - before;
}

/** As somebody does it: over a card, into the cart, the menu, a word typed. */
async function interact(page, turn) {
  const card = page.locator(".add").nth(turn % 8);
  await card.hover();
  await card.click();
  await page.locator("#menu").click();
  await page.locator("#search").pressSequentially("lamp");
  await page.locator("#open").click();
  await page.locator("#shut").click();
}

export async function cost({ bench, share, figures, counts }) {
  await share.goes("/listing");
  const context = await bench.desk.context({ width: 1280, height: 800 });
  const plain = await context.newPage();
  await plain.goto(bench.at("/listing"), { waitUntil: "load" });
  const pair = [plain, share.page];
  for (const page of pair) await page.evaluate(churn, counts.rows);
  const [off, on] = [[], []];
  for (let round = 0; round < counts.rounds; round++) {
    off.push(await plain.evaluate(churn, counts.rows));
    on.push(await share.page.evaluate(churn, counts.rows));
    // The wire drains: rounds must not pay for each other.
    await share.page.evaluate(() => new Promise((done) => setTimeout(done, 400)));
  }
  const note = `${counts.rounds} rounds of ${counts.rows} rows, in turn: ${Math.round(median(off))} and ${Math.round(median(on))} ms`;
  figures.add("recorder's cost on a loop of mutations, median", median(on) / median(off), "×", {
    most: 2,
    note,
  });

  await share.goes("/shop");
  await plain.goto(bench.at("/shop"), { waitUntil: "load" });
  const sessions = [];
  for (const page of pair) {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    sessions.push(session);
    await interact(page, 0);
  }
  const times = [[], []];
  for (let round = 0; round < counts.rounds; round++)
    for (const which of round % 2 ? [1, 0] : [0, 1])
      times[which].push(await busy(pair[which], sessions[which], () => interact(pair[which], round)));
  const [without, shared] = times.map(median);
  figures.add("recorder's cost on a usual interaction, median", 100 * (shared / without - 1), "%", {
    most: 10,
    note: `busy ${without.toFixed(0)} and ${shared.toFixed(0)} ms for nine inputs`,
  });
  await context.close();
}

/** The share's socket of each page, so that a snapshot can be asked for as the server does it. */
function catchSocket() {
  const { WebSocket: Real } = window;
  window.WebSocket = class extends Real {
    constructor(url, ...rest) {
      super(url, ...rest);
      if (String(url).includes("/w/v1/share")) window.benchSocket = this;
    }
  };
}

/** The longest that no task of ours could run while the picture was taken, in ms. */
async function hold() {
  const socket = window.benchSocket;
  const send = socket.send.bind(socket);
  const started = performance.now();
  let last = started;
  let longest = 0;
  let over = false;
  const taken = new Promise((done) => {
    socket.send = (data) => {
      send(data);
      if (typeof data === "string" || new Uint8Array(data.buffer ?? data)[0] !== 1) return;
      over = true;
      done();
    };
  });
  // A timer, not a loop of tasks: the browser must find itself idle.
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!over) setTimeout(look, 1);
  };
  look();
  socket.dispatchEvent(new MessageEvent("message", { data: JSON.stringify({ type: "snapshot_wanted" }) }));
  await taken;
  await new Promise((done) => setTimeout(done, 20));
  socket.send = send;
  return longest;
}

export async function blocked({ share, figures, counts }) {
  const { page } = share;
  await page.addInitScript(catchSocket);
  const times = async (path) => {
    await share.goes(path);
    await share.sent.rests();
    const all = [];
    for (let round = 0; round < counts.snapshots; round++) all.push(await page.evaluate(hold));
    return median(all);
  };
  const pages = [];
  for (const path of PAGES.slice(0, counts.pages)) {
    const ms = await times(path);
    const nodes = await page.evaluate(() => document.getElementsByTagName("*").length);
    process.stderr.write(`  ${path}: ${ms.toFixed(0)} ms, ${nodes} elements\n`);
    pages.push(ms);
  }
  figures.add("page held up by a full picture, median page", median(pages), "ms", {
    most: 60,
    note: `${pages.length} pages`,
  });
  figures.add("page held up by a full picture, worst page", percentile(pages, 1), "ms");
  const listing = await times("/listing");
  const nodes = await page.evaluate(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 0;
    while (walker.nextNode()) count += 1;
    return count;
  });
  figures.add("page held up by a full picture, listing", listing, "ms", {
    most: 100,
    note: `${nodes} nodes`,
  });
}

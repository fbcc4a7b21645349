/**
 * A desk for the benches: the real server, a store with the pages to measure on, and shares between
 * people on it. How people get around is tests/browser's.
 */
import { mkdir } from "node:fs/promises";
import { Desk } from "../browser/desk.mjs";
import { asksForAnAdvisor } from "../browser/journeys.mjs";
import { allowOrigin } from "../browser/played.mjs";
import { SharedPage, ShareTab } from "../browser/sharing.mjs";
import { Visitor } from "../browser/visitor.mjs";
import { NO_NETWORK, Store } from "./store.mjs";

export const OUT = new URL("out/", import.meta.url).pathname;
/** The picture that stands, of which a coming one is no part yet. */
export const STANDING = ".layer:not(.layer-coming) iframe";

/** A page that sends nothing for so long has sent what it had; one that never rests is not waited for. */
const [RESTED_MS, RESTS_WITHIN_MS] = [900, 10_000];

/** Everything from one address: the limits of an address would only measure themselves. */
const ENV = {
  COMPTOIR_LIMITS__SOCKETS_PER_ADDRESS: "5000",
  COMPTOIR_LIMITS__NEW_SOCKETS_PER_SECOND: "1000",
  COMPTOIR_LIMITS__VISITOR_BURST: "1000",
  COMPTOIR_LIMITS__VISITOR_PER_SECOND: "1000",
};

let visitors = 0;

export class Bench {
  static async open() {
    await mkdir(OUT, { recursive: true });
    const bench = new Bench();
    bench.cleanups = [];
    bench.desk = await Desk.start(
      { after: (clean) => bench.cleanups.push(clean) },
      { env: ENV, flags: [NO_NETWORK] },
    );
    const { desk } = bench;
    const call = "window.Comptoir=window.Comptoir||function(){(Comptoir.q=Comptoir.q||[]).push(arguments)}";
    bench.store = await Store.open(
      `<script>${call}</script><script async src="${desk.console}/w.js" data-site="${desk.said.site.key}"></script>`,
    );
    bench.cleanups.push(() => bench.store.close());
    await allowOrigin(desk, bench.store.origin);
    return bench;
  }

  async close() {
    for (const clean of this.cleanups.reverse()) await clean();
  }

  /** The whole address of a page of the bench's store. */
  at(path) {
    return new URL(path, this.store.origin).href;
  }

  /** A visitor on the bench's store whose page an agent sees. */
  async share({ width = 1280, height = 800, agent: room = {}, who = "Camille" } = {}) {
    const { desk } = this;
    visitors += 1;
    const name = `Omar ${visitors}`;
    const agent = await desk.agent(who, room);
    const context = await desk.context({ width, height });
    const sent = new Sent();
    const page = await context.newPage();
    sent.follow(page);
    await page.goto(this.at("/"));
    const visitor = new Visitor(desk, context, page, "en");
    await asksForAnAdvisor(visitor, name, `omar${visitors}@example.org`);
    await agent.takes(name);
    const tab = await ShareTab.open(agent, "en");
    const shared = new SharedPage(visitor);
    await shared.answers(true);
    await tab.page.locator(STANDING).waitFor();
    await visitor.closes();
    return new Share({ bench: this, agent, visitor, tab, shared, sent });
  }
}

/** What a page has sent on the share's socket: time, kind (0 = words) and bytes of each frame. */
export class Sent {
  frames = [];

  follow(page) {
    page.on("websocket", (socket) => {
      if (!socket.url().includes("/w/v1/share")) return;
      socket.on("framesent", ({ payload }) => {
        const isText = typeof payload === "string";
        const bytes = isText ? Buffer.byteLength(payload) : payload.length;
        this.frames.push({ at: Date.now(), kind: isText ? 0 : payload[0], bytes, payload });
      });
    });
  }

  /** Until nothing but beats was sent for a while. */
  async rests() {
    for (const deadline = Date.now() + RESTS_WITHIN_MS; Date.now() < deadline; ) {
      const last = this.frames.findLast(({ kind }) => kind !== 0)?.at ?? 0;
      if (Date.now() - last > RESTED_MS) return;
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** Forgets what was sent until now. */
  begin() {
    this.frames = [];
  }
}

export class Share {
  constructor(parts) {
    Object.assign(this, parts);
  }

  get page() {
    return this.visitor.page;
  }

  /** Another page of the store, until the agent sees it whole. */
  async goes(path) {
    const { page, tab } = this;
    const answer = await page.goto(this.bench.at(path), { waitUntil: "load" });
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}`);
    const mark = `m${Math.random().toString(36).slice(2)}`;
    await page.evaluate((id) => {
      const probe = document.createElement("div");
      probe.id = id;
      probe.style.cssText = "position:fixed;inset:0 auto auto 0;width:1px;height:1px";
      document.body.append(probe);
    }, mark);
    await tab.page.waitForFunction(
      ([standing, id]) => document.querySelector(standing)?.contentDocument?.getElementById(id),
      [STANDING, mark],
      { polling: 20 },
    );
    await page.evaluate((id) => document.getElementById(id)?.remove(), mark);
  }

  async close() {
    await this.page.context().close();
    await this.agent.context.close();
  }

  /** The agent drives. */
  async drives() {
    await this.tab.button("take").click();
    await this.shared.answers(true);
    await this.tab.says("You drive the page");
  }
}

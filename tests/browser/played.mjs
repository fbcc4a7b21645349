/**
 * A share's server that is played: the visitor's page and its chat are real, what the server says on the
 * share's own socket is the test's, so that it can say what an honest server never would.
 *
 * The journeys with the real server are share.test.mjs's.
 */
import { createServer } from "node:http";
import { inflateRawSync } from "node:zlib";

import { STEP_MS } from "./desk.mjs";
import { Visitor } from "./visitor.mjs";

export const CAMILLE = { id: "0190aaaa-0000-7000-8000-000000000001", first_name: "Camille" };
export const NOOR = { id: "0190aaaa-0000-7000-8000-000000000002", first_name: "Noor" };
export const SETTINGS = {
  see: true,
  point: true,
  control: true,
  off_paths: [],
  see_only_paths: [],
  show: "choices",
  mask: [],
  block: [],
  reveal: [],
};
const SHARE = "0190aaaa-0000-7000-8000-0000000000aa";
let asks = 0;
const newAsk = () => `0190aaaa-0000-7000-8000-${String(++asks).padStart(12, "0")}`;

export class Played {
  constructor(settings) {
    this.settings = { ...SETTINGS, ...settings };
    /** What the page said, in order, beats aside. */
    this.frames = [];
    this.data = [];
    this.opened = 0;
    this.stage = { type: "sharing", agent: CAMILLE };
    this.watchers = [CAMILLE];
    this.n = 0;
    this.waiting = [];
  }

  /** A page of the store, with the panel opened by the visitor's own click. */
  static async on(desk, { url = `${desk.store}/en/`, settings, ...options } = {}) {
    const played = new Played(settings);
    const context = await desk.context(options);
    await played.#play(context);
    const page = await context.newPage();
    played.visitor = new Visitor(desk, context, page, "en");
    played.page = page;
    await page.goto(url);
    await played.visitor.opens();
    await played.until(() => played.joined);
    return played;
  }

  async #play(context) {
    await context.routeWebSocket(/\/w\/v1\/socket/, (socket) => {
      const server = socket.connectToServer();
      this.chat = socket;
      socket.onMessage((text) => {
        const frame = JSON.parse(text);
        if (frame.type !== "answer_share" && frame.type !== "stop_share") return server.send(text);
        this.#heard(frame);
        if (frame.granted)
          socket.send(said({ type: "share_opened", ask: frame.ask, share: SHARE, key: "k0" }));
      });
      server.onMessage((text) => {
        socket.send(text);
        this.joined ||= JSON.parse(text).type === "welcome";
        this.#wake();
      });
    });
    await context.routeWebSocket(/\/w\/v1\/share/, (socket) => {
      this.socket = socket;
      socket.onMessage((message) => {
        if (typeof message !== "string") return this.#took(message);
        const frame = JSON.parse(message);
        if (frame.type === "beat") socket.send(message);
        else this.#heard(frame);
        if (frame.type !== "resume_share") return;
        this.opened += 1;
        const { stage, watchers, settings } = this;
        socket.send(said({ type: "welcome", key: `k${this.opened}`, stage, watchers, settings }));
      });
    });
  }

  #heard(frame) {
    this.frames.push(frame);
    this.#wake();
  }

  #took(bytes) {
    const [kind, flags] = bytes;
    this.data.push({
      kind,
      flags,
      doc: bytes.readUInt32BE(2),
      seq: bytes.readUInt32BE(6),
      body: bytes.subarray(10),
    });
    this.#wake();
  }

  #wake() {
    for (const wake of this.waiting.splice(0)) wake();
  }

  /** Waits until `find` finds something in what the page said. */
  async until(find) {
    const late = new Promise((_, fail) => {
      this.late = setTimeout(
        () => fail(new Error(`waited in vain for ${find}\n${said(this.frames.slice(-6))}`)),
        STEP_MS,
      );
    });
    for (;;) {
      const found = find(this);
      if (found) {
        clearTimeout(this.late);
        return found;
      }
      await Promise.race([new Promise((wake) => this.waiting.push(wake)), late]);
    }
  }

  said(type) {
    return this.frames.filter((frame) => frame.type === type);
  }

  /** The page says it after this call's `act`. */
  async after(type, act) {
    const before = this.said(type).length;
    await act();
    return this.until(() => this.said(type)[before]);
  }

  tell(frame) {
    this.socket.send(said(frame));
  }

  get agree() {
    return this.page.getByRole("button", { name: "Agree" });
  }

  get stop() {
    return this.page.getByRole("button", { name: "Stop sharing" });
  }

  get takeBack() {
    return this.page.getByRole("button", { name: "Take back control" });
  }

  /** The question to see the page. */
  async asks({ agent = CAMILLE, seconds = 60 } = {}) {
    const ask = newAsk();
    this.chat.send(said({ type: "share_asked", ask, agent, seconds_left: seconds, settings: this.settings }));
    await this.agree.waitFor();
    return ask;
  }

  /** Presses once the question has been in sight for long enough, as somebody does who reads it. */
  async agrees(type) {
    await this.agree.waitFor();
    return this.after(type, async () => {
      const there = this.said(type).length;
      while (this.said(type).length === there && (await this.agree.isVisible())) {
        await this.page.waitForTimeout(250);
        await this.agree.click({ timeout: 1_000 }).catch(() => undefined);
      }
    });
  }

  /** As far as the first picture. */
  async sees() {
    await this.asks();
    await this.agrees("answer_share");
    await this.until(() => this.data.some(({ kind, flags }) => kind === 1 && !(flags & 2)));
    await this.until(() => this.said("describe_page").length > 0);
  }

  /** Asks for control; the answer is the epoch. */
  async drives() {
    this.tell({ type: "control_asked", ask: newAsk(), agent: CAMILLE, seconds: 30 });
    const { epoch } = await this.agrees("answer_control");
    this.epoch = epoch;
    this.stage = { type: "in_control", agent: CAMILLE, epoch };
    // The click of agreeing was the visitor's own hand: orders wait for it to rest.
    await this.page.waitForTimeout(800);
    return epoch;
  }

  /** Gives an order, and answers what the page says became of it. */
  async order(action, epoch = this.epoch) {
    const n = ++this.n;
    this.tell({ type: "action_ordered", n, epoch, action });
    const { outcome } = await this.until(() => this.said("report_action").find((frame) => frame.n === n));
    return outcome.type === "done" ? "done" : outcome.why;
  }

  click(id, { fx = 0.5, fy = 0.5, button = "left" } = {}) {
    return this.order({ type: "click", at: { node: this.node(id), fx, fy }, button });
  }

  set(id, text, commit = true) {
    return this.order({ type: "set_value", node: this.node(id), text, commit });
  }

  /** Every event of the recording, as it was sent. */
  events() {
    const events = [];
    let parts = [];
    for (const { kind, flags, body } of this.data) {
      if (kind === 3) continue;
      parts.push(body);
      if (flags & 2) continue;
      const whole = Buffer.concat(parts);
      parts = [];
      events.push(...JSON.parse((flags & 1 ? inflateRawSync(whole) : whole).toString("utf8")));
    }
    return events;
  }

  /** The recorder's number of the element with that id. */
  node(id) {
    let found;
    const walk = (node) => {
      if (node.attributes?.id === id) found = node.id;
      for (const child of node.childNodes ?? []) walk(child);
    };
    for (const { type, data } of this.events()) {
      if (type === 2) walk(data.node);
      for (const { node } of (type === 3 && data.adds) || []) walk(node);
    }
    if (found === undefined) throw new Error(`no element \`${id}\` was recorded`);
    return found;
  }
}

const said = (frame) => JSON.stringify(frame);

/**
 * A store of one's own for the site of the desk: `pages` by path, each the body of a document, or of
 * `{ headers, head, html, body }` what differs from such a one, or a file as `{ type, bytes }`; `{ never }`
 * is asked for and does not come.
 */
export async function lab(t, desk, pages) {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, "http://127.0.0.1");
    const found = pages[pathname] ?? { missing: true, body: "nothing here" };
    const page = typeof found === "string" ? { body: found } : found;
    if (page.never) return;
    response.statusCode = page.missing ? 404 : 200;
    for (const [name, value] of Object.entries(page.headers ?? {})) response.setHeader(name, value);
    response.setHeader("content-type", page.type ?? "text/html; charset=utf-8");
    if (page.bytes) return response.end(page.bytes);
    response.end(`<!doctype html><html lang="en" ${page.html ?? ""}><meta charset="utf-8"><title>Lab</title>
      <meta name="viewport" content="width=device-width">${page.head ?? ""}
      <script nonce="lab">window.Comptoir=window.Comptoir||function(){(Comptoir.q=Comptoir.q||[]).push(arguments)}</script>
      <script async src="${desk.console}/w.js" data-site="${desk.said.site.key}"></script>
      <body>${page.body}</body></html>`);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  await allowOrigin(desk, origin);
  return origin;
}

/** As the admin: a store at that origin may use the site's chat. */
export async function allowOrigin(desk, origin) {
  const { page } = await desk.agent("admin");
  await page.evaluate(
    async ({ site, origin }) => {
      const path = `/api/v1/sites/${site}`;
      const { origins } = await fetch(path).then((answer) => answer.json());
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ origins: [...origins, origin] });
      const answer = await fetch(path, { method: "PATCH", headers, body });
      if (!answer.ok) throw new Error(await answer.text());
    },
    { site: desk.said.site.id, origin },
  );
  await page.context().close();
}

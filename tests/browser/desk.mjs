/**
 * A running Comptoir for the browser journeys: the real binary on free ports and a folder of its own,
 * Chromium, and people who use it by role and accessible name, as docs/testing.md lists them.
 *
 * What is asserted stands in the journeys; here is only how a person gets around. Nothing sleeps: every
 * step waits for what the next one needs.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

import { Agent } from "./agent.mjs";
import { Visitor } from "./visitor.mjs";

const BINARY = process.env.COMPTOIR_BINARY ?? "target/debug/comptoir";
/** How long a step may take before the journey is called broken; generous, since CI has two cores. */
export const STEP_MS = Number(process.env.COMPTOIR_STEP_MS ?? 60_000);

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A TCP port that was free a moment ago, below those that the system gives to outgoing connections: one
 * of these could take it before the server does, or while the server restarts.
 */
async function freePort() {
  const [lowest, highest] = [12_000, 30_000];
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await isFree(port)) return port;
  }
}

async function isFree(port) {
  const server = createServer();
  const listens = await new Promise((done) => {
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => done(true));
  });
  if (listens) await new Promise((done) => server.close(done));
  return listens;
}

/** A server process: `comptoir demo` or `comptoir serve`, ready when it has said so. */
export class Server {
  constructor(args, ready, env = {}) {
    this.args = args;
    this.env = env;
    this.ready = ready;
    this.output = [];
  }

  async start() {
    this.process = spawn(BINARY, this.args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...this.env },
    });
    this.exited = new Promise((done) => this.process.once("exit", (code, signal) => done({ code, signal })));
    createInterface({ input: this.process.stderr }).on("line", (line) => this.output.push(line));
    const lines = createInterface({ input: this.process.stdout });
    this.said = await new Promise((done, fail) => {
      const deadline = setTimeout(() => fail(new Error(`not ready:\n${this.output.join("\n")}`)), 120_000);
      lines.on("line", (line) => {
        this.output.push(line);
        const said = this.ready(line);
        if (said) {
          clearTimeout(deadline);
          done(said);
        }
      });
      this.exited.then(({ code }) => fail(new Error(`exited with ${code}:\n${this.output.join("\n")}`)));
    });
    return this.said;
  }

  /** `SIGTERM` asks politely, `SIGKILL` does not. */
  async stop(signal = "SIGTERM") {
    if (this.process?.exitCode === null && this.process.signalCode === null) {
      this.process.kill(signal);
    }
    return this.exited;
  }
}

export class Desk {
  /** The demo on a folder of its own, with settings from `env`; everything ends with the test. */
  static async start(t, { demo = true, env = {}, flags = [], without = [] } = {}) {
    const desk = new Desk();
    desk.folder = await mkdtemp(join(tmpdir(), "comptoir-"));
    desk.port = await freePort();
    desk.storePort = await freePort();
    desk.console = `http://127.0.0.1:${desk.port}`;
    desk.store = `http://localhost:${desk.storePort}`;
    desk.contexts = [];
    t.after(() => desk.quit());
    const listen = `127.0.0.1:${desk.port}`;
    desk.server = demo
      ? new Server(
          [
            "demo",
            "--json",
            "--data",
            desk.folder,
            "--listen",
            listen,
            "--store-listen",
            `127.0.0.1:${desk.storePort}`,
          ],
          (line) => (line.startsWith("{") ? JSON.parse(line) : undefined),
          env,
        )
      : new Server(
          ["serve", "--data", desk.folder, "--listen", listen],
          (line) => /https?:\/\/\S*\/setup\?token=\S+/.exec(line)?.[0],
          env,
        );
    desk.said = await desk.server.start();
    desk.browser = await chromium.launch({
      executablePath: process.env.COMPTOIR_CHROMIUM ?? "/usr/bin/chromium",
      args: [...FLAGS, ...flags],
      ignoreDefaultArgs: without,
    });
    return desk;
  }

  /** Stops the server and starts it again on the same folder and ports. */
  async restart(signal = "SIGTERM") {
    await this.server.stop(signal);
    await this.server.start();
  }

  /**
   * A browser of its own. Closed shadow roots are opened for the journeys, since neither locators nor
   * axe enter closed ones; that the shipped root is closed is a journey of its own.
   */
  async context({
    width = 1440,
    height = 860,
    lang = "en",
    dark = false,
    touch = false,
    openRoots = true,
  } = {}) {
    const context = await this.browser.newContext({
      viewport: { width, height },
      locale: lang === "fr" ? "fr-FR" : "en-GB",
      colorScheme: dark ? "dark" : "light",
      hasTouch: touch,
      isMobile: touch,
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(STEP_MS);
    if (openRoots) {
      await context.addInitScript(() => {
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (init) {
          return attach.call(this, { ...init, mode: "open" });
        };
      });
    }
    this.contexts.push(context);
    return context;
  }

  /** Somebody who browses the demo store. */
  async visitor(options = {}) {
    const context = await this.context(options);
    return Visitor.arrive(this, context, options);
  }

  /** One of the demo's people, signed in and on duty. `who` is a first name or a role. */
  async agent(who, options = {}) {
    const context = await this.context(options);
    return Agent.signIn(this, context, this.signInOf(who), options);
  }

  signInOf(who) {
    const found = this.said.people.find((person) => person.name.startsWith(who) || person.role === who);
    if (!found) throw new Error(`the demo has no ${who}: ${JSON.stringify(this.said.people)}`);
    return found;
  }

  /** With COMPTOIR_PICTURES=FOLDER the last sight of every window is kept there, for whoever mends a journey. */
  async pictures() {
    const folder = process.env.COMPTOIR_PICTURES;
    if (!folder) return;
    const pages = this.browser?.contexts().flatMap((context) => context.pages()) ?? [];
    for (const [place, page] of pages.entries()) {
      await page.screenshot({ path: `${folder}/window-${place + 1}.png` }).catch(() => undefined);
    }
  }

  async quit() {
    await this.pictures();
    await this.browser?.close();
    await this.server?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/**
 * What a share costs the server: many of them at once by sockets, each with the recorded picture, the
 * changes and the files of a real page, watched by an agent. Resident memory before and after.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";
import WebSocket from "ws";

/** Not small, and with a megabyte of pictures. */
const PAGE = "/startbootstrap-agency/index.html";

const ADVISOR = "Talk to an advisor";
const [WORDS, FULL, INCREMENT, ASSET] = [0, 1, 2, 3];
const HEAD_BYTES = 10;
const MORE = 2;
const BEAT_MS = 2_000;
const STEP_MS = 30_000;

/** Resident, in kB. */
async function resident(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN);
}

/** One socket: frames as they come, and waiting for one. */
class Line {
  static async open(url, origin) {
    const line = new Line();
    line.said = [];
    line.waiting = [];
    line.shown = 0;
    line.socket = new WebSocket(url, "comptoir.v1", { origin, perMessageDeflate: false });
    line.socket.on("message", (data, isBinary) => {
      if (isBinary) line.shown += 1;
      else line.said.push(JSON.parse(String(data)));
      for (const wake of line.waiting.splice(0)) wake();
    });
    await new Promise((done, fail) => {
      line.socket.once("open", done);
      line.socket.once("error", fail);
    });
    return line;
  }

  say(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  async until(fits) {
    const deadline = Date.now() + STEP_MS;
    for (;;) {
      const found = fits(this);
      if (found) return found;
      if (Date.now() > deadline)
        throw new Error(`waited in vain for ${fits}: ${JSON.stringify(this.said.slice(-3))}`);
      await new Promise((wake) => {
        const timer = setTimeout(wake, 1_000);
        this.waiting.push(() => {
          clearTimeout(timer);
          wake();
        });
      });
    }
  }

  hears(type) {
    return this.until(({ said }) => said.find((frame) => frame.type === type));
  }
}

/** A page as a browser sent it: the last full picture with what followed, and its files by hash. */
function recorded(frames) {
  const last = frames.findLastIndex(({ kind, payload }) => kind === FULL && payload.readUInt32BE(6) === 1);
  const first = frames.findIndex(
    (one, at) =>
      at <= last && one.kind === FULL && one.payload.readUInt32BE(2) === frames[last].payload.readUInt32BE(2),
  );
  const doc = frames[first].payload.readUInt32BE(2);
  const picture = frames.filter(
    ({ kind, payload }) => (kind === FULL || kind === INCREMENT) && payload.readUInt32BE(2) === doc,
  );
  const files = new Map();
  let parts = [];
  for (const { payload, kind } of frames) {
    if (kind !== ASSET) continue;
    parts.push(payload);
    if (payload[1] & MORE) continue;
    const body = Buffer.concat(parts.map((part) => part.subarray(HEAD_BYTES)));
    const whole = payload[1] & 1 ? inflateRawSync(body) : body;
    files.set(whole.subarray(0, 32).toString("hex"), parts);
    parts = [];
  }
  return { picture: picture.map(({ payload }) => payload), files };
}

class Crowd {
  static async of(bench) {
    const crowd = new Crowd();
    const { desk } = bench;
    Object.assign(crowd, { bench, desk, lines: [], socketBase: desk.console.replace("http", "ws") });
    const { email, password } = desk.signInOf("Noor");
    const answer = await fetch(`${desk.console}/api/v1/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: desk.console },
      body: JSON.stringify({ email, password }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    crowd.cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    crowd.agent = await crowd.line("/api/v1/socket", desk.console);
    crowd.agent.say({ type: "hello", pass: await crowd.pass(), tab: "crowd" });
    await crowd.agent.hears("welcome");
    crowd.agent.say({ type: "duty", sites: [desk.said.site.id] });
    crowd.beats = setInterval(() => {
      for (const line of crowd.lines) if (line.beats) line.say({ type: "beat" });
    }, BEAT_MS);
    return crowd;
  }

  async line(path, origin) {
    const line = await Line.open(`${this.socketBase}${path}`, origin);
    this.lines.push(line);
    return line;
  }

  async pass() {
    const answer = await fetch(`${this.desk.console}/api/v1/socket-pass`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: this.desk.console, cookie: this.cookie },
      body: "{}",
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()).pass;
  }

  /** A visitor who waits for an agent, whom the agent takes. */
  async conversation(n) {
    const { site } = this.desk.said;
    const { origin } = this.bench.store;
    const line = await this.line("/w/v1/socket", origin);
    line.say({ type: "hello", site: site.key, tab: `crowd${n}`, lang: "en" });
    const { token, start, bot_version } = await line.hears("welcome");
    const begin = { lang: "en", bot_version, page: { url: `${origin}/`, title: "Start" }, visits: [] };
    const button = start.buttons.findIndex(({ label }) => label === ADVISOR);
    const said = async (command, more = {}) => {
      const id = randomUUID();
      line.say({ type: "command", id, command, ...more });
      return line.until(({ said }) => {
        const answer = said.find((frame) => frame.id === id && frame.type !== "event");
        if (answer?.type === "refused") throw new Error(JSON.stringify(answer));
        return answer;
      });
    };
    const { conversation } = await said({ type: "choose_button", turn: 0, button }, { begin });
    for (const text of [`Visitor ${n}`, `visitor${n}@example.org`]) {
      await said({ type: "post_message", text }, { conversation });
    }
    return { line, token, conversation };
  }

  async share(n, { picture, files }) {
    const { desk, bench } = this;
    const { line, token, conversation } = await this.conversation(n);
    const { version } = await this.agent.until(({ said }) => {
      const row = said.findLast((frame) => frame.type === "row" && frame.row?.id === conversation)?.row;
      return row?.stage === "waiting" ? row : undefined;
    });
    const id = randomUUID();
    this.agent.say({ type: "command", id, conversation, command: { type: "take_conversation", version } });
    await this.agent.until(({ said }) => said.find((frame) => frame.type === "ack" && frame.id === id));
    const watcher = await this.line("/api/v1/share", desk.console);
    watcher.say({ type: "watch", pass: await this.pass(), conversation, tab: `w${n}` });
    await watcher.hears("welcome");
    watcher.beats = true;
    watcher.say({ type: "ask_consent" });
    const { ask } = await line.hears("share_asked");
    line.say({ type: "answer_share", ask, granted: true });
    const { share, key } = await line.hears("share_opened");
    const page = await this.line("/w/v1/share", bench.store.origin);
    page.say({ type: "resume_share", site: desk.said.site.key, token, share, key, tab: `p${n}`, epoch: 0 });
    await page.hears("welcome");
    page.beats = true;
    const told = { url: `${bench.store.origin}/`, title: "Start", width: 1280, height: 800, touch: false };
    page.say({ type: "describe_page", page: { ...told, visible: true, rule: "full", lacks: [] } });
    page.say({ type: "offer_assets", hashes: [...files.keys()] });
    const { hashes } = await page.hears("assets_wanted").catch(() => ({ hashes: [] }));
    for (const hash of hashes) for (const part of files.get(hash) ?? []) page.socket.send(part);
    for (const frame of picture) page.socket.send(frame);
    await watcher.until(({ shown }) => shown >= picture.length);
    // What was said is of no use any more: the driver's own memory is not measured, but its patience is.
    line.said = page.said = watcher.said = [];
    this.agent.said = [];
  }

  close() {
    clearInterval(this.beats);
    for (const { socket } of this.lines) socket.terminate();
  }
}

export async function memory({ bench, share, figures, counts }) {
  share.sent.begin();
  await share.goes(PAGE);
  await share.page.mouse.wheel(0, 600);
  await share.page.mouse.move(600, 500, { steps: 60 });
  await share.sent.rests();
  const recording = recorded(share.sent.frames.filter(({ kind }) => kind !== WORDS));
  const bytes = recording.picture.reduce((sum, frame) => sum + frame.length, 0);
  const crowd = await Crowd.of(bench);
  const { pid } = bench.desk.server.process;
  try {
    // The first ones pay for what all share: style sheets of the site, threads, buffers.
    for (let n = 0; n < counts.warmShares; n++) await crowd.share(n, recording);
    const before = await resident(pid);
    for (let n = 0; n < counts.shares; n++) await crowd.share(counts.warmShares + n, recording);
    const after = await resident(pid);
    figures.add("server's memory a share", (after - before) / counts.shares / 1_024, "MiB", {
      most: 4,
      note: `${counts.shares} shares of a page, ${(bytes / 1_000).toFixed(0)} kB of picture and ${recording.files.size} files each; visitor, agent and chat included`,
    });
  } finally {
    crowd.close();
  }
}

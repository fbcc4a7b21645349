/**
 * The page's side of the preview of a site's masks: an admin's own tab, made into the very picture that an
 * agent would see, by the recorder and the filter of a share, under settings that are not saved.
 *
 * Begun by a one-use pass in the address's fragment, which alone does nothing: as for a share, the page
 * asks, and sends nothing before a press that counts. What changed goes with the picture that it changed,
 * whole, once a second at most; when the console's tab is closed, or the page is left, it is over.
 */
import type { eventWithTime } from "@rrweb/types";
import type { Host } from "../page/contract";
import { kept } from "../page/kept";
import { toJson } from "../shared/json";
import type {
  AgentRef,
  AwaitPreview,
  PreviewedPage,
  PreviewFiles,
  PreviewOpened,
  PreviewSettings,
  SharedPage,
  ShareSettings,
} from "../shared/protocol";
import { KEPT } from "./ask";
import { type PageAssets, pageAssets } from "./assets";
import { Banner } from "./banner";
import type { Over, PageFilter } from "./contract";
import { pageFilter } from "./filter";
import { ADOPTED, DECLARATION, INCREMENT, INPUT, MUTATION, RESIZE, RULES, SCROLL } from "./kinds";
import { PageNow } from "./page";
import { mirror, Recorder } from "./record";
import { survey } from "./survey";
import { deflated, FULL, namedFile, wellFormed } from "./wire";

/** Whoever can do this can do that: so what both need stays in the share's one chunk, and is not cut out of it. */
export { startShare } from "./share";

const ASK_SECONDS = 110;
/** The one question of this page. */
const ASK = "preview";
/** What changed goes so soon after it, and so late after what went before at the earliest. */
const QUIET_MS = 200;
const APART_MS = 1_000;
/** With more changes than these the page is taken anew. */
const EVENTS_MAX = 2_000;
const AGAIN_MS = 2_000;
const FAILURES_MAX = 10;
const FILES_MAX = 400;
/** Changes that a picture shows; the pointer's moves are not among them. */
const SEEN = new Set([MUTATION, SCROLL, RESIZE, INPUT, RULES, DECLARATION, ADOPTED] as number[]);

export function startPreview(host: Host, pass: string): void {
  // Not kept in the address: a reload, a bookmark or a copied link is a page like any other.
  history.replaceState(history.state, "", location.pathname + location.search);
  // A tab that a visitor shares already is not an admin's.
  if (kept("sessionStorage", KEPT).read()) return;
  void open(host, pass).catch(() => undefined);
}

async function open(host: Host, pass: string): Promise<void> {
  const answer = await fetch(`${host.settings.base}/w/v1/share-preview`, {
    method: "POST",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    headers: { "content-type": "application/json" },
    body: toJson({ pass }),
  });
  if (answer.ok) new Preview(host, (await answer.json()) as PreviewOpened);
}

class Preview {
  readonly #url: string;
  readonly #key: string;
  readonly #agent: AgentRef;
  readonly #banner: Banner;
  readonly #away = new AbortController();
  #now: PreviewSettings;
  #agreed = false;
  #over = false;
  #assets: PageAssets | undefined;
  #filter: PageFilter | undefined;
  #filtering = new AbortController();
  #recorder: Recorder | undefined;
  /** A picture and what changed in it since. */
  #events: readonly eventWithTime[] = [];
  #due: ReturnType<typeof setTimeout> | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(host: Host, { key, first_name, settings }: PreviewOpened) {
    this.#url = `${host.settings.base}/w/v1/share-preview`;
    this.#key = key;
    this.#now = settings;
    this.#agent = { id: "", first_name };
    const chat = { unread: 0, subscribe: () => () => undefined };
    this.#banner = new Banner(host, chat, {
      takeBack: () => undefined,
      stop: () => this.#end("stopped"),
      covered: (covered) => covered && this.#end("covered"),
      empty: () => this.#emptied(),
    });
    addEventListener("pagehide", () => this.#end("closed"), { signal: this.#away.signal });
    const question = { about: "preview", ask: ASK, agent: this.#agent, seconds: ASK_SECONDS } as const;
    this.#banner.ask(question, (granted) => (granted ? void this.#begin() : this.#end("stopped")));
    void this.#follow();
  }

  /** Settings as they change in the console, until it is closed. */
  async #follow(): Promise<void> {
    let failures = 0;
    while (!this.#over && failures < FAILURES_MAX) {
      const next = await this.#next(false).catch(() => null);
      if (next === undefined) break;
      failures = next ? 0 : failures + 1;
      if (!next) await new Promise((done) => setTimeout(done, AGAIN_MS));
      else if (next.version !== this.#now.version) {
        this.#now = next;
        if (this.#agreed) this.#judge();
      }
    }
    this.#end("agent");
  }

  async #begin(): Promise<void> {
    this.#agreed = true;
    this.#banner.show({ is: "seen", watchers: [this.#agent] });
    this.#assets = pageAssets(document, mirror, (event) => this.#recorder?.add(event));
    await this.#assets.prepare();
    if (!this.#over) this.#judge();
  }

  /** Under other settings everything is judged, and taken, anew. */
  #judge(): void {
    if (!this.#assets) return;
    this.#recorder?.stop();
    this.#events = [];
    this.#filtering.abort();
    this.#filtering = new AbortController();
    this.#filter = pageFilter(document, this.#now.settings, this.#assets, mirror, this.#filtering.signal);
    const sink = {
      backlog: 0,
      picture: (kind: number, events: readonly unknown[]) =>
        this.#took(kind === FULL, events as eventWithTime[]),
    };
    this.#recorder = new Recorder(this.#filter, sink, () => undefined);
  }

  /** False asks for the whole page, as a share's socket does. */
  #took(full: boolean, events: readonly eventWithTime[]): boolean {
    const seen = full ? events : events.filter(isSeen);
    if (seen.length === 0) return true;
    this.#events = full ? seen : [...this.#events, ...seen];
    this.#sendSoon();
    return this.#events.length <= EVENTS_MAX;
  }

  #sendSoon(): void {
    const after = Math.max(QUIET_MS, this.#sentAt + APART_MS - performance.now());
    this.#due ??= setTimeout(() => void this.#send(), after);
  }

  /** One at a time: what changed meanwhile goes with the next. */
  async #send(): Promise<void> {
    const events = this.#events;
    if (events.length) await this.#sendNow(events).catch(() => undefined);
    this.#sentAt = performance.now();
    this.#due = undefined;
    if (this.#events !== events && !this.#over) this.#sendSoon();
  }

  async #sendNow(events: readonly eventWithTime[]): Promise<void> {
    const filter = this.#filter;
    const { version, settings } = this.#now;
    if (!filter || this.#over) return;
    const page = pageNow(settings, filter);
    const seen: PreviewedPage = { version, page, ...survey(document, settings, filter, mirror) };
    const report = new TextEncoder().encode(toJson(seen));
    const off = page.rule === "off";
    if (!off) await this.#sendFiles();
    const picture = off ? new Uint8Array() : await deflated(bytesOf(events));
    const body = new Uint8Array(4 + report.length + picture.length);
    new DataView(body.buffer).setUint32(0, report.length);
    body.set(report, 4);
    body.set(picture, 4 + report.length);
    await this.#post("picture", body);
  }

  async #sendFiles(): Promise<void> {
    const hashes = this.#assets?.take() ?? [];
    while (hashes.length && !this.#over) {
      const named: PreviewFiles = { hashes: hashes.splice(0, FILES_MAX) };
      const wanted = (await this.#post("files", named)) as PreviewFiles | undefined;
      for (const hash of wanted?.hashes ?? []) {
        const bytes = await this.#assets?.bytes(hash);
        if (bytes) await this.#post("file", namedFile(hash, bytes)).catch(() => undefined);
      }
    }
  }

  #next(leaving: boolean): Promise<PreviewSettings | undefined> {
    const said: AwaitPreview = { version: this.#now.version, agreed: this.#agreed, leaving };
    return this.#post("next", said, leaving) as Promise<PreviewSettings | undefined>;
  }

  /** Undefined = the preview is over. */
  async #post(what: string, body: object, keepalive = false): Promise<unknown> {
    const bytes = body instanceof Uint8Array;
    const answer = await fetch(`${this.#url}/${what}`, {
      method: "POST",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      keepalive,
      headers: {
        authorization: `Bearer ${this.#key}`,
        "content-type": bytes ? "application/octet-stream" : "application/json",
      },
      body: bytes ? (body as Uint8Array<ArrayBuffer>) : toJson(body),
    });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`the preview was answered ${answer.status}`);
    return answer.status === 204 ? true : answer.json();
  }

  /** The question was left unanswered, or the last word was read. */
  #emptied(): void {
    this.#end("closed");
    this.#banner.remove();
  }

  #end(why: Over): void {
    if (this.#over) return;
    this.#over = true;
    this.#recorder?.stop();
    clearTimeout(this.#due);
    this.#assets?.stop();
    this.#filtering.abort();
    this.#away.abort();
    this.#events = [];
    void this.#next(true).catch(() => undefined);
    this.#banner.show({ is: "over", why, agent: this.#agent });
    this.#banner.askEnded(ASK);
  }
}

/** As a share would tell it. */
function pageNow(settings: ShareSettings, filter: PageFilter): SharedPage {
  let page: SharedPage | undefined;
  const said = new PageNow(settings, filter, (now) => {
    page = now;
    return true;
  });
  said.tell(true);
  if (!page) throw new Error("the page was not told");
  return page;
}

function isSeen(event: eventWithTime): boolean {
  return event.type === INCREMENT && SEEN.has(event.data.source);
}

function bytesOf(events: readonly eventWithTime[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(wellFormed(toJson(events)));
}

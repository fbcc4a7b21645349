/**
 * The widget on the page: configuration, launcher, page visits, and the panel
 * once it is wanted. The verbs of api.ts and the launcher's click end here.
 */

import type { PageRef, WidgetConfig } from "../shared/protocol";
import { launcher_open as openEn } from "../words/en.json";
import { launcher_open as openFr } from "../words/fr.json";
import type { KeptTab, KeptVisitor, Launcher, Panel, PanelChunk, Settings, WordsChunk } from "./contract";
import { Handlers } from "./events";
import { kept, readKept } from "./kept";
import { addLauncher } from "./launcher";
import { watchMoves } from "./moves";
import { Visits } from "./visits";

/** A store's router sets the title just after the address. */
const TITLE_SETTLES_MS = 250;

export class Widget {
  readonly handlers = new Handlers();
  readonly #settings: Settings;
  readonly #visitor;
  readonly #tab;
  readonly #visitsKept;
  #started = false;
  #over = false;
  #consent: boolean | undefined;
  #config: WidgetConfig | undefined;
  #launcher: Launcher | undefined;
  #visits: Visits | undefined;
  #panel: Promise<Panel | undefined> | undefined;
  #loaded: Panel | undefined;
  #unwatch: (() => void) | undefined;
  /** Verbs that came before the launcher stood. */
  #later: (() => void)[] = [];

  constructor(settings: Settings) {
    this.#settings = settings;
    const key = `comptoir:${settings.site}${settings.test ? ":test" : ""}`;
    this.#visitor = kept("localStorage", key);
    this.#tab = kept("sessionStorage", key);
    this.#visitsKept = kept("sessionStorage", `${key}:visits`);
  }

  get opened(): boolean {
    return this.#loaded?.opened ?? false;
  }

  /** Begins when the page is done and shown, unless the store wants its consent tool to speak first. */
  start(): void {
    if (this.#started || (this.#settings.wait && !this.#consent)) return;
    this.#started = true;
    whenShown(() => whenLoaded(() => whenIdle(() => void this.#begin())));
  }

  ready(act: () => void): void {
    if (this.#launcher) act();
    else if (!this.#over) this.#later.push(act);
  }

  open(act: boolean): void {
    void this.#wanted().then((panel) => panel?.open(act));
  }

  close(): void {
    this.#loaded?.close();
  }

  hide(hidden: boolean): void {
    this.#launcher?.hide(hidden);
  }

  say(text: string, act: boolean): void {
    void this.#wanted().then((panel) => panel?.say(text, act));
  }

  consent(given: boolean): void {
    this.#consent = given;
    this.#visits?.consent(given);
    if (!given) {
      this.#visitsKept.remove();
      this.#loaded?.visitsForgotten();
    }
    this.start();
  }

  set(context: { page?: Partial<PageRef> }): void {
    if (context.page) this.#visits?.say(context.page);
  }

  /** Another page of a single-page store is shown. */
  moved(): void {
    setTimeout(() => {
      const visit = this.#visits?.moved();
      if (!visit) return;
      this.#loaded?.visited(visit);
      this.handlers.emit("page", { url: visit.page.url });
    }, TITLE_SETTLES_MS);
  }

  shutdown(): void {
    this.#over = true;
    this.#later = [];
    this.#unwatch?.();
    this.#loaded?.shutdown();
    this.#launcher?.remove();
    this.#launcher = this.#loaded = this.#panel = undefined;
    for (const store of [this.#visitor, this.#tab, this.#visitsKept]) store.remove();
  }

  async #begin(): Promise<void> {
    const config = await this.#fetchConfig();
    if (!config || this.#over) return;
    const visits = new Visits(this.#visitsKept, config.query_keep);
    if (this.#consent !== undefined) visits.consent(this.#consent);
    visits.record();
    this.#visits = visits;
    this.#unwatch = watchMoves(() => this.moved());
    this.#launcher = addLauncher({
      accent: config.accent,
      lang: config.lang,
      label: config.lang === "fr" ? openFr : openEn,
      clicked: (event) => this.#clicked(event.isTrusted),
      near: () => void this.#wanted(),
    });
    for (const act of this.#later.splice(0)) act();
    this.handlers.emit("ready");
    this.#comeBack();
  }

  #clicked(act: boolean): void {
    if (this.opened) this.close();
    else this.open(act);
  }

  /** What an earlier page left: an open panel, or a conversation that goes on behind the launcher. */
  #comeBack(): void {
    const { open } = readKept<KeptVisitor>(this.#visitor);
    const { panel, outbox } = readKept<KeptTab>(this.#tab);
    if (panel === "open") this.open(false);
    else if (open || outbox?.length) void this.#wanted();
  }

  #wanted(): Promise<Panel | undefined> {
    this.#panel ??= this.#importPanel();
    return this.#panel;
  }

  async #importPanel(): Promise<Panel | undefined> {
    // A page may be older than the server: after a failure the names are asked again, once.
    const chunks = (await this.#chunks(this.#config)) ?? (await this.#chunks(await this.#fetchConfig()));
    const { launcher, visits, config } = {
      launcher: this.#launcher,
      visits: this.#visits,
      config: this.#config,
    };
    if (!chunks || !launcher || !visits || !config) {
      this.#panel = undefined;
      return undefined;
    }
    const [{ start }, words] = chunks;
    this.#loaded = start(
      {
        settings: this.#settings,
        config,
        launcher,
        visits,
        visitor: this.#visitor,
        tab: this.#tab,
        emit: (name, detail) => this.handlers.emit(name, detail),
      },
      words.default,
    );
    return this.#loaded;
  }

  async #chunks(config: WidgetConfig | undefined): Promise<[PanelChunk, WordsChunk] | undefined> {
    if (!config) return undefined;
    const { panel, words } = config.chunks;
    try {
      return await Promise.all([import(/* @vite-ignore */ panel), import(/* @vite-ignore */ words)]);
    } catch {
      return undefined;
    }
  }

  async #fetchConfig(): Promise<WidgetConfig | undefined> {
    const { base, site, lang, test } = this.#settings;
    const query = new URLSearchParams({ site, lang, ...(test ? { test } : {}) });
    try {
      const answer = await fetch(`${base}/w/v1/config?${query}`, {
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      if (answer.ok) this.#config = (await answer.json()) as WidgetConfig;
      return answer.ok ? this.#config : undefined;
    } catch {
      return undefined;
    }
  }
}

/** A page that is rendered in advance may never be shown. */
function whenShown(act: () => void): void {
  const { prerendering } = document as { prerendering?: boolean };
  if (prerendering) document.addEventListener("prerenderingchange", act, { once: true });
  else act();
}

function whenLoaded(act: () => void): void {
  if (document.readyState === "complete") act();
  else addEventListener("load", act, { once: true });
}

function whenIdle(act: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 2_000 });
  else setTimeout(act, 1);
}

/**
 * The widget on the page: configuration, launcher, page visits, and the panel
 * once it is wanted. Answers the verbs of `Comptoir(verb, …)`; an unknown one
 * does nothing, for stores outlive versions.
 */

import type { PageRef, WidgetConfig } from "../shared/protocol";
import { launcher_open as openEn } from "../words/en.json";
import { launcher_open as openFr } from "../words/fr.json";
import type { KeptTab, KeptVisitor, Launcher, Panel, PanelChunk, Settings, WordsChunk } from "./contract";
import { kept } from "./kept";
import { addLauncher } from "./launcher";
import { watchMoves } from "./moves";
import { addRoot } from "./root";
import { type PageVisits, pageVisits } from "./visits";

/** A store's router sets the title just after the address. */
const TITLE_SETTLES_MS = 250;

type Handler = (detail: unknown) => void;
export type Verbs = Record<string, (first?: unknown, second?: unknown) => unknown>;

export function widget(settings: Settings): { verbs: Verbs; start(): void } {
  const { base, site, lang, said } = settings;
  const test = said("test");
  const key = `comptoir:${site}${test ? ":test" : ""}`;
  const visitor = kept("localStorage", key);
  const tab = kept("sessionStorage", key);
  const visitsKept = kept("sessionStorage", `${key}:visits`);
  const handlers: Record<string, Set<Handler>> = {};
  /** Verbs that came before the launcher stood. */
  const later: (() => void)[] = [];
  let started = false;
  let over = false;
  let consented: boolean | undefined;
  let config: WidgetConfig | undefined;
  let launcher: Launcher | undefined;
  let visits: PageVisits | undefined;
  let panel: Panel | undefined;
  let loading: Promise<void> | undefined;

  function emit(name: string, detail?: unknown): void {
    // A handler that throws breaks neither us nor the others; the fault stays the page's to see.
    for (const handler of handlers[name] ?? []) queueMicrotask(() => handler(detail));
  }

  async function fetchConfig(): Promise<void> {
    const query = new URLSearchParams({ site, lang, ...(test && { test }) });
    const answer = await fetch(`${base}/w/v1/config?${query}`, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    config = answer.ok ? await answer.json() : undefined;
  }

  async function load(): Promise<void> {
    const chunks = () =>
      config &&
      Promise.all([config.chunks.panel, config.chunks.words].map((name) => import(/* @vite-ignore */ name)));
    // A page may be older than the server: after a failure the names are asked again, once.
    const [chunk, words] = ((await chunks()?.catch(() => fetchConfig().then(chunks))) ?? []) as [
      PanelChunk?,
      WordsChunk?,
    ];
    if (chunk && words && config && launcher && visits)
      panel = chunk.start(
        { settings, config, launcher, visits, visitor, tab, addRoot, handlers },
        words.default,
      );
  }

  /** The panel, fetched at most once; after a failure the next click tries again. */
  function wanted(act?: (panel: Panel) => void): void {
    loading ??= load().catch(() => undefined);
    void loading.then(() => {
      if (panel) act?.(panel);
      else loading = undefined;
    });
  }

  const open = (act: boolean) => wanted((one) => one.open(act));

  /** Another page of a single-page store is shown. */
  function moved(): void {
    setTimeout(() => {
      const visit = visits?.record();
      if (!visit) return;
      panel?.visited(visit);
      emit("page", visit.page);
    }, TITLE_SETTLES_MS);
  }

  async function begin(): Promise<void> {
    await fetchConfig();
    if (!config || over) return;
    visits = pageVisits(visitsKept, config.query_keep);
    if (consented !== undefined) visits.consent(consented);
    visits.record();
    watchMoves(moved);
    launcher = addLauncher(config.accent, config.lang, config.lang === "fr" ? openFr : openEn);
    const { button } = launcher;
    button.onclick = (event) => (panel?.opened ? panel.close() : open(event.isTrusted));
    // The pointer or the focus is there: the panel may be fetched.
    button.onpointerenter = button.onfocus = () => wanted();
    for (const act of later) act();
    emit("ready");
    // What an earlier page left: an open panel, or a conversation that goes on behind the launcher; or a
    // word in the address for the panel.
    const left = { ...(visitor.read() as KeptVisitor), ...(tab.read() as KeptTab) };
    if (left.panel === "open") open(false);
    else if (left.open || left.outbox || /#comptoir-/.test(location.href)) wanted();
  }

  /**
   * Begins when the page is done and shown, unless the store wants its consent tool to speak first. On the
   * next page of a share the agent waits: it begins as soon as there is something to show.
   */
  function start(): void {
    if (started || (said("consent") === "wait" && !consented)) return;
    started = true;
    const shared = kept("sessionStorage", "comptoir:share").read();
    const soon = () => (window.requestIdleCallback ?? setTimeout)(() => begin().catch(() => undefined));
    const shown = () => {
      if (shared || document.readyState === "complete") soon();
      else addEventListener("load", soon);
    };
    if ((document as { prerendering?: boolean }).prerendering)
      document.addEventListener("prerenderingchange", shown);
    else shown();
  }

  const hide = (hidden: boolean) =>
    ready(() => {
      if (launcher) launcher.button.hidden = hidden;
    });

  const ready = (act: () => void) => {
    if (launcher) act();
    else later.push(act);
  };

  const verbs: Verbs = {
    open: () => ready(() => open(false)),
    close: () => ready(() => panel?.close()),
    toggle: () => ready(() => (panel?.opened ? panel.close() : open(false))),
    show: () => hide(false),
    hide: () => hide(true),
    send(text) {
      const act = navigator.userActivation?.isActive;
      ready(() => wanted((one) => one.say(text, act)));
    },
    consent(given) {
      consented = given instanceof Object ? !!(given as { visits?: boolean }).visits : !!given;
      visits?.consent(consented);
      if (!consented) {
        visitsKept.remove();
        panel?.visitsForgotten();
      }
      start();
    },
    set: (context) => ready(() => visits?.record((context as { page?: PageRef })?.page)),
    page: moved,
    shutdown() {
      over = true;
      panel?.shutdown();
      launcher?.remove();
      launcher = panel = visits = undefined;
      for (const store of [visitor, tab, visitsKept]) store.remove();
    },
    on(name, handler) {
      const set = handlers[name as string] ?? new Set();
      handlers[name as string] = set.add(handler as Handler);
      return () => set.delete(handler as Handler);
    },
    cart(lines) {
      settings.cart = lines;
    },
    off: (name, handler) => handlers[name as string]?.delete(handler as Handler),
  };
  // Ended in one tab is ended in all: another must not write back what was deleted.
  addEventListener("storage", (event) => event.key === key && !event.newValue && verbs["shutdown"]?.());
  return { verbs, start };
}

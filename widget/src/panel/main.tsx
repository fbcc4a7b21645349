/**
 * The panel's chunk, imported by the loader at the visitor's first act (or on
 * a later page where a conversation goes on): its shadow root, opening and
 * closing, focus, and what is noticed while it is closed. What is said and
 * heard is chat.ts's.
 */
import { render } from "preact";
import type { Host, Panel as PanelFace } from "../page/contract";
import type { Root } from "../page/root";
import type { Seen } from "../page/visits";
import { accentCss } from "../shared/accent";
import { chevronDown } from "../shared/icons-first";
import tokensCss from "../shared/tokens.css?inline";
import { type Dictionary, translator } from "../shared/words";
import type { T, WidgetKey } from "../words/keys";
import { AroundContext } from "./around";
import type { Prefill } from "./Composer";
import { Chat } from "./chat";
import composerCss from "./composer.css?inline";
import { emit } from "./emit";
import type { News } from "./news";
import { Panel } from "./Panel";
import panelCss from "./panel.css?inline";
import { more } from "./parts";
import { SMALL_SCREEN, takeScreen } from "./phone";
import talkCss from "./talk.css?inline";

/** In the address of a page that an admin opened to preview the site's masks; its pass follows. */
const PREVIEW = "#comptoir-preview=";

export function start(host: Host, words: Dictionary<WidgetKey>): PanelFace {
  const [, pass] = location.hash.split(PREVIEW);
  if (pass)
    import("../share/preview").then(
      ({ startPreview }) => startPreview(host, pass),
      () => undefined,
    );
  return new Desk(host, words);
}

class Desk implements PanelFace {
  opened = false;
  readonly #host: Host;
  readonly #t: T;
  readonly #chat: Chat;
  readonly #root: Root;
  readonly #stage: HTMLElement;
  readonly #status: HTMLElement;
  /** The launcher's picture while the panel is closed. */
  readonly #bubble: string;
  #news: News | undefined;
  /** Events of an earlier page were loaded. */
  #history = false;
  readonly #small = matchMedia(SMALL_SCREEN);
  readonly #away = new AbortController();
  #prefill: Prefill | undefined;
  #giveBack: (() => void) | undefined;
  #unread = -1;
  #reachable: boolean | undefined;
  #adopted = new Set<string>();
  #drawing = false;
  #mounted = false;

  constructor(host: Host, words: Dictionary<WidgetKey>) {
    const { config, settings } = host;
    this.#host = host;
    this.#t = translator(config.lang, words);
    this.#root = host.addRoot("comptoir-chat", "", config.lang);
    const styles = [tokensCss, panelCss, talkCss, composerCss, accentCss(host.launcher.rgb)];
    for (const css of styles) this.#adopt(css);
    this.#stage = document.createElement("div");
    this.#stage.className = "root";
    this.#stage.hidden = true;
    this.#bubble = host.launcher.path.getAttribute("d") ?? "";
    this.#stage.dataset["theme"] = settings.said("theme") ?? "";
    this.#status = document.createElement("p");
    this.#status.className = "only-read";
    this.#status.role = "status";
    this.#root.shadow.append(this.#stage, this.#status);
    this.#chat = new Chat(host);
    this.#chat.leave = () => this.#small.matches && this.#leave("reduced");
    this.#chat.subscribe(() => this.#changed());
    this.#listen();
    this.#changed();
  }

  open(act: boolean): void {
    if (act) this.#chat.act();
    if (this.opened) return;
    this.opened = true;
    this.#chat.memory.keepTab({ panel: "open" });
    this.#settle();
    if (act) this.#focus();
    emit(this.#host, "open");
  }

  close(): void {
    this.#leave(undefined);
  }

  say(text: unknown, act: boolean): void {
    this.open(act);
    if (typeof text !== "string") return;
    if (act) this.#chat.post(text);
    else this.#prefill = { text, key: (this.#prefill?.key ?? 0) + 1 };
    this.#draw();
  }

  visited(visit: Seen): void {
    this.#chat.visited(visit);
    this.#draw();
  }

  visitsForgotten(): void {
    this.#chat.visitsForgotten();
    this.#draw();
  }

  shutdown(): void {
    this.#giveBack?.();
    this.#away.abort();
    this.#chat.shutdown();
    this.#news?.stop();
    render(null, this.#stage);
    this.#root.remove();
  }

  /** `reduced`: the visitor went on to a product and comes back by one tap. */
  #leave(panel: "reduced" | undefined): void {
    if (!this.opened) return;
    const focused = this.#root.shadow.activeElement !== null;
    this.opened = false;
    this.#chat.memory.keepTab({ panel });
    this.#settle();
    if (focused) this.#host.launcher.button.focus();
    emit(this.#host, "close");
  }

  /** Screen, launcher and panel as they should be now. */
  #settle(): void {
    const full = this.opened && this.#small.matches;
    if (full) this.#giveBack ??= takeScreen(this.#stage, () => this.close());
    else {
      this.#giveBack?.();
      this.#giveBack = undefined;
    }
    this.#stage.hidden = !this.opened;
    this.#changed();
    if (this.opened) this.#drawNow();
  }

  #focus(): void {
    const { shadow } = this.#root;
    const first = this.#small.matches ? ".panel" : ".form input, .form select, [data-composer]";
    shadow.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
  }

  #listen(): void {
    const { signal } = this.#away;
    const act = (event: Event) => {
      if (event.isTrusted) this.#chat.act();
    };
    this.#stage.addEventListener("pointerdown", act, { signal, capture: true });
    this.#stage.addEventListener("keydown", act, { signal, capture: true });
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    };
    this.#host.launcher.button.addEventListener("keydown", leave, { signal });
    this.#stage.addEventListener(
      "keydown",
      (event) => {
        leave(event);
        // Keys typed here are not the store's shortcuts.
        event.stopPropagation();
      },
      { signal },
    );
    this.#small.addEventListener("change", () => this.#settle(), { signal });
    addEventListener("focus", () => this.#changed(), { signal });
    document.addEventListener("visibilitychange", () => this.#changed(), { signal });
  }

  #changed(): void {
    const chat = this.#chat;
    const { launcher } = this.#host;
    const visible = document.visibilityState === "visible" && document.hasFocus();
    const seen = this.opened && visible;
    if (seen && !chat.view.loading) chat.readAll();
    this.#history ||= chat.view.loading;
    const unread = seen ? 0 : chat.unread;
    const label = this.opened ? "panel_close" : unread ? "launcher_unread" : "launcher_open";
    launcher.button.ariaLabel = this.#t(label, { count: unread });
    launcher.button.ariaExpanded = String(this.opened);
    launcher.button.style.visibility = this.#giveBack ? "hidden" : "";
    launcher.path.setAttribute("d", this.opened ? chevronDown : this.#bubble);
    this.#news?.tell(this.opened, seen, unread);
    if (unread !== this.#unread) emit(this.#host, "unread", unread);
    this.#unread = unread;
    if (chat.view.reachable !== this.#reachable)
      emit(this.#host, "status", chat.view.reachable ? "available" : "offline");
    this.#reachable = chat.view.reachable;
    if (chat.conversation && !this.#news) this.#listenIn();
    this.#draw();
  }

  #listenIn(): void {
    more().then(
      ({ News }) => {
        if (this.#news) return;
        this.#news = new News({
          host: this.#host,
          chat: this.#chat,
          t: this.#t,
          status: this.#status,
          history: this.#history,
        });
        this.#changed();
      },
      () => undefined,
    );
  }

  /** Once each: several parts may bring the same. */
  #adopt(css: string): void {
    if (this.#adopted.has(css)) return;
    this.#adopted.add(css);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.#root.shadow.adoptedStyleSheets.push(sheet);
  }

  /** Once a frame at most, and not at all before the panel was first opened. */
  #draw(): void {
    if (this.#drawing || !(this.opened || this.#mounted)) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      this.#drawNow();
    });
  }

  #drawNow(): void {
    if (this.#away.signal.aborted) return;
    this.#mounted = true;
    const { config } = this.#host;
    const around = {
      chat: this.#chat,
      host: this.#host,
      config,
      lang: config.lang,
      t: this.#t,
      full: this.#small.matches,
      leaveForProduct: this.#chat.leave,
      adopt: (css: string) => this.#adopt(css),
      emit: (name: string, detail?: unknown) => emit(this.#host, name, detail),
    };
    render(
      <AroundContext.Provider value={around}>
        <Panel close={() => this.close()} prefill={this.#prefill} />
      </AroundContext.Provider>,
      this.#stage,
    );
  }
}

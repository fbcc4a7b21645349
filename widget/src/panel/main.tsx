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
import tokensCss from "../shared/tokens.css?inline";
import { type Dictionary, translator } from "../shared/words";
import type { T, WidgetKey } from "../words/keys";
import { AroundContext } from "./around";
import type { Prefill } from "./Composer";
import { Chat } from "./chat";
import composerCss from "./composer.css?inline";
import { type LauncherFace, launcherFace } from "./face";
import type { Hearing } from "./hearing";
import { Panel } from "./Panel";
import panelCss from "./panel.css?inline";
import { more } from "./parts";
import { smallScreen, takeScreen } from "./phone";
import talkCss from "./talk.css?inline";

export function start(host: Host, words: Dictionary<WidgetKey>): PanelFace {
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
  readonly #face: LauncherFace;
  #hearing: Hearing | undefined;
  /** Events of an earlier page were loaded. */
  #history = false;
  #chime: (() => void) | undefined;
  readonly #small = smallScreen(() => this.#settle());
  readonly #away = new AbortController();
  #prefill: Prefill | undefined;
  #giveBack: (() => void) | undefined;
  #unread = -1;
  #reachable: boolean | undefined;
  #title: string | undefined;
  #adopted = new Set<string>();
  #drawing = false;
  #mounted = false;

  constructor(host: Host, words: Dictionary<WidgetKey>) {
    const { config, settings } = host;
    this.#host = host;
    this.#t = translator(config.lang, words);
    this.#root = host.addRoot("comptoir-chat", HOST_CSS, config.lang);
    const styles = [tokensCss, panelCss, talkCss, composerCss, accentCss(host.launcher.rgb)];
    for (const css of styles) this.#adopt(css);
    this.#stage = document.createElement("div");
    this.#stage.className = "root";
    this.#stage.hidden = true;
    this.#face = launcherFace(host.launcher);
    this.#stage.dataset["theme"] = settings.said("theme") ?? "";
    this.#status = document.createElement("p");
    this.#status.className = "only-read";
    this.#status.role = "status";
    this.#root.shadow.append(this.#stage, this.#status);
    this.#chat = new Chat(host);
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
    this.#host.emit("open");
  }

  close(): void {
    this.#leave(undefined);
  }

  say(text: string, act: boolean): void {
    this.open(act);
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
    this.#small.stop();
    this.#chat.shutdown();
    this.#showTitle(0);
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
    this.#host.emit("close");
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
    this.#stage.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Escape" && !event.defaultPrevented) this.close();
        // Keys typed here are not the store's shortcuts.
        event.stopPropagation();
      },
      { signal },
    );
    addEventListener("focus", () => this.#changed(), { signal });
    document.addEventListener("visibilitychange", () => this.#changed(), { signal });
  }

  #changed(): void {
    const chat = this.#chat;
    const { config, emit } = { ...this.#host };
    const visible = document.visibilityState === "visible" && document.hasFocus();
    if (this.opened && visible && !chat.view.loading) chat.readAll();
    this.#history ||= chat.view.loading;
    for (const { from, words } of this.#hearing?.listen(chat.view, config.bot_name, this.#t) ?? []) {
      this.#announce(words);
      emit("message", { from });
      if (from === "agent" && !(this.opened && visible) && !chat.memory.visitor.muted) this.#chime?.();
    }
    const unread = this.opened && visible ? 0 : chat.unread;
    const label = this.opened ? "launcher_close" : unread ? "launcher_unread" : "launcher_open";
    this.#face.show({
      expanded: this.opened,
      covered: this.#giveBack !== undefined,
      unread,
      label: this.#t(label, { count: unread }),
    });
    this.#showTitle(visible ? 0 : unread);
    if (unread !== this.#unread) emit("unread", unread);
    this.#unread = unread;
    if (chat.view.reachable !== this.#reachable)
      emit("status", chat.view.reachable ? "available" : "offline");
    this.#reachable = chat.view.reachable;
    if (chat.conversation && !this.#hearing) this.#listenIn();
    this.#draw();
  }

  #listenIn(): void {
    more().then(
      (part) => {
        if (this.#hearing) return;
        this.#hearing = new part.Hearing(this.#history);
        this.#chime = part.chime;
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

  #announce(words: string): void {
    if (this.opened) this.#status.textContent = words;
    else this.#face.announce(words);
  }

  /** The count in the title of a hidden tab; taken away when it is seen. */
  #showTitle(unread: number): void {
    if (unread > 0 && document.visibilityState === "hidden") {
      this.#title ??= document.title;
      document.title = `(${unread}) ${this.#title}`;
    } else if (this.#title !== undefined) {
      if (document.title.endsWith(this.#title)) document.title = this.#title;
      this.#title = undefined;
    }
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
    const { config, emit } = { ...this.#host };
    const around = {
      chat: this.#chat,
      config,
      lang: config.lang,
      t: this.#t,
      full: this.#small.matches,
      leaveForProduct: () => this.#small.matches && this.#leave("reduced"),
      adopt: (css: string) => this.#adopt(css),
      emit,
    };
    render(
      <AroundContext.Provider value={around}>
        <Panel close={() => this.close()} prefill={this.#prefill} />
      </AroundContext.Provider>,
      this.#stage,
    );
  }
}

/** The host takes no space and nothing from the store's own rules. */
const HOST_CSS =
  ":host{all:initial!important;position:fixed!important;inset:auto 0 0 auto!important;inline-size:0!important;" +
  "block-size:0!important;z-index:2147483001!important}@media print{:host{display:none!important}}";

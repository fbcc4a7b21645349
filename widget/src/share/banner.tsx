/**
 * Banner and questions as the visitor sees them: draws, announces, and hands on presses that count.
 * What is asked and what follows from an answer is the caller's.
 */
import { render } from "preact";
import type { Host } from "../page/contract";
import { accentCss } from "../shared/accent";
import type { AskId } from "../shared/protocol";
import tokensCss from "../shared/tokens.css?inline";
import { type ShareT, shareWords } from "../words/share";
import { Bar } from "./Bar";
import css from "./banner.css?inline";
import { Card } from "./Card";
import type { Face, Mood, Question } from "./contract";
import { Pointer } from "./pointer";
import { takenBelow } from "./room";
import { type Pressed, Sight } from "./sight";
import { Stage } from "./stage";
import { moodWords, questionTitle } from "./words";

/** How long the last word of a share stays. */
const OVER_MS = 8_000;
const LOOK_EVERY_MS = 100;
const PHONE = "(max-width: 480px)";

export interface Presses {
  takeBack(): void;
  stop(): void;
  covered(covered: boolean): void;
  /** Nothing is asked or said any more. */
  empty(): void;
}

/** What the bar of a phone, where it stands for the chat too, needs of it. */
export interface ChatFace {
  readonly unread: number;
  subscribe(listener: () => void): () => void;
}

interface Open {
  question: Question;
  answered(granted: boolean): void;
  /** When it ends, of the monotonic clock. */
  until: number;
  down?: Pressed | undefined;
}

export class Banner implements Face {
  readonly t: ShareT;
  readonly #host: Host;
  readonly #chat: ChatFace;
  readonly #presses: Presses;
  readonly #stage: Stage;
  readonly #place = document.createElement("div");
  readonly #status = document.createElement("p");
  readonly #phone = matchMedia(PHONE);
  readonly #away = new AbortController();
  readonly #unsubscribe: () => void;
  #pointer: Pointer | undefined;
  #mood: Mood | undefined;
  #open: Open | undefined;
  #sight = new Sight();
  /** What the browser itself says of the question's visibility, where it does. */
  #visible = true;
  #hidden = false;
  #said = "";
  #over: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #eye: IntersectionObserver | undefined;

  constructor(host: Host, chat: ChatFace, presses: Presses) {
    this.#host = host;
    this.#chat = chat;
    this.#presses = presses;
    this.t = shareWords(host.config.lang);
    this.#stage = new Stage(
      host,
      {
        kept: () => this.shadow.querySelector(this.#open ? ".card" : ".bar"),
        covered: (covered) => presses.covered(covered),
        looked: () => this.#makeRoom(),
      },
      [tokensCss, css, accentCss(host.launcher.rgb)],
    );
    this.#place.className = "root";
    this.#place.dataset["theme"] = host.settings.said("theme") ?? "";
    this.#status.className = "only-read";
    this.#status.role = "status";
    this.shadow.append(this.#place, this.#status);
    this.#unsubscribe = chat.subscribe(() => this.#draw());
    this.#listen();
  }

  get shadow(): ShadowRoot {
    return this.#stage.shadow;
  }

  get pointer(): Pointer {
    this.#pointer ??= new Pointer(this.shadow, this.#away.signal);
    return this.#pointer;
  }

  show(mood: Mood): void {
    this.#mood = mood;
    clearTimeout(this.#over);
    if (mood.is === "over" || mood.is === "elsewhere")
      this.#over = setTimeout(() => this.#dismiss(), OVER_MS);
    this.#say(moodWords(mood, this.t));
    this.#draw();
  }

  ask(question: Question, answered: (granted: boolean) => void): void {
    this.#open = { question, answered, until: performance.now() + question.seconds * 1_000 };
    this.#sight = new Sight();
    this.#visible = true;
    this.#say(questionTitle(question, this.t));
    this.#ticking ??= setInterval(() => this.#tick(), LOOK_EVERY_MS);
    this.#draw();
    this.#watchSight();
    this.#tick();
  }

  askEnded(ask: AskId): void {
    if (this.#open?.question.ask === ask) this.#close();
  }

  remove(): void {
    clearTimeout(this.#over);
    this.#away.abort();
    this.#close();
    this.#unsubscribe();
    this.#mood = undefined;
    this.#draw();
    this.#stage.remove();
  }

  #close(): void {
    this.#open = undefined;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#eye?.disconnect();
    this.#draw();
    this.#restIfEmpty();
  }

  #dismiss(): void {
    this.#mood = undefined;
    this.#draw();
    this.#restIfEmpty();
  }

  /** What an answer leads to is shown within the same task. */
  #restIfEmpty(): void {
    queueMicrotask(() => {
      if (!this.#mood && !this.#open && !this.#away.signal.aborted) this.#presses.empty();
    });
  }

  /** The seconds, and a look at whether the question can be seen. */
  #tick(): void {
    const now = performance.now();
    if (!this.#open || now >= this.#open.until) {
      this.#close();
      return;
    }
    this.#look();
    this.#draw();
  }

  #look(): boolean {
    const card = this.shadow.querySelector(".card");
    const clear = card !== null && this.#visible && this.#stage.clear(card);
    const { x, y } = card?.getBoundingClientRect() ?? { x: 0, y: 0 };
    this.#sight.look(clear, `${Math.round(x)},${Math.round(y)}`, performance.now());
    this.#hidden = !clear;
    return clear;
  }

  /** IntersectionObserver v2 sees what a hit test does not: something painted over, or nothing painted. */
  #watchSight(): void {
    const card = this.shadow.querySelector(".card");
    this.#eye?.disconnect();
    if (!card) return;
    const options = { threshold: 0, trackVisibility: true, delay: 100 };
    this.#eye = new IntersectionObserver((entries) => {
      const { isVisible } = entries.at(-1) as { isVisible?: boolean };
      this.#visible = isVisible !== false;
      this.#look();
    }, options);
    this.#eye.observe(card);
  }

  #answer(event: Event, granted: boolean): void {
    const open = this.#open;
    if (!open || !event.isTrusted) return;
    if (granted && !(this.#look() && this.#sight.counts(event, open.down))) return;
    this.#close();
    open.answered(granted);
  }

  #listen(): void {
    const { signal } = this.#away;
    const on = (target: EventTarget, name: string, act: (event: Event) => void, capture = false) =>
      target.addEventListener(name, act, { signal, capture });
    // A finger goes down somewhere: what the click that follows is worth depends on when.
    for (const name of ["pointerdown", "keydown"])
      on(
        this.#place,
        name,
        (event) => {
          if (this.#open && !(event as KeyboardEvent).repeat) this.#open.down = event;
        },
        true,
      );
    on(this.#place, "keydown", (event) => this.#key(event as KeyboardEvent));
    on(window, "keydown", (event) => this.#escapes(event as KeyboardEvent), true);
    on(document, "visibilitychange", () => this.#look());
    on(this.#phone, "change", () => this.#draw());
    const view = window.visualViewport;
    if (view) for (const name of ["resize", "scroll"]) on(view, name, () => this.#draw());
  }

  /** In the banner: Escape leaves the question, else stops. */
  #key(event: KeyboardEvent): void {
    // Keys pressed here are not the store's shortcuts.
    event.stopPropagation();
    if (event.key !== "Escape" || !event.isTrusted || this.#mood?.is === "driven") return;
    if (this.#open) this.#answer(event, false);
    else this.#presses.stop();
  }

  /** While an agent drives, the visitor's own Escape takes back from anywhere. */
  #escapes(event: KeyboardEvent): void {
    if (event.key === "Escape" && event.isTrusted && this.#mood?.is === "driven") this.#presses.takeBack();
  }

  #say(words: string): void {
    if (words === this.#said) return;
    this.#said = words;
    this.#status.textContent = words;
  }

  #draw(): void {
    const mood = this.#mood;
    const small = this.#phone.matches;
    const open = this.#open;
    const trusted = (act: () => void) => (event: Event) => event.isTrusted && act();
    render(
      <div class={small ? "stack small" : "stack"}>
        {open && (
          <Card
            key={open.question.ask}
            question={open.question}
            seconds={Math.ceil((open.until - performance.now()) / 1_000)}
            covered={this.#hidden}
            t={this.t}
            answer={(event, granted) => this.#answer(event, granted)}
          />
        )}
        {mood && (
          <Bar
            mood={mood}
            small={small}
            unread={small ? this.#chat.unread : 0}
            t={this.t}
            takeBack={trusted(() => this.#presses.takeBack())}
            stop={trusted(() => this.#presses.stop())}
            dismiss={trusted(() => this.#dismiss())}
            chat={() => this.#host.launcher.button.click()}
          />
        )}
      </div>,
      this.#place,
    );
    this.#makeRoom();
  }

  /** Above the keyboard and what the store has down there; on a phone the bar stands for the launcher too. */
  #makeRoom(): void {
    const mood = this.#mood;
    const lasting = mood && mood.is !== "over" && mood.is !== "elsewhere";
    const ours = this.shadow.querySelector(".stack > *:last-child");
    const view = window.visualViewport;
    const hidden = view ? Math.max(0, innerHeight - view.height - view.offsetTop) : 0;
    const taken = ours ? Math.max(0, takenBelow(ours) - hidden) : 0;
    set(this.#place, "--under", `${hidden + taken}px`);
    const bar = this.#phone.matches && lasting ? ours : null;
    set(this.#host.launcher.button, "display", bar && "none");
    set(document.documentElement, "--comptoir-bar", bar && `${bar.clientHeight + taken}px`);
  }
}

/** Writes only what is new: the page hears of every change of its own element. */
function set({ style }: HTMLElement, name: string, value: string | null | undefined): void {
  if (style.getPropertyValue(name) === (value ?? "")) return;
  if (value) style.setProperty(name, value);
  else style.removeProperty(name);
}

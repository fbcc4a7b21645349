/**
 * The agent's end of a share's socket: what is said goes to the state, what is shown to the picture.
 *
 * Data frames are joined and inflated one after the other, so that none overtakes another; a gap is
 * asked about once. What may be shown is the picture's sanitiser's business (sanitise.ts).
 */
import { signal } from "@preact/signals";
import { post, signedOutSeen } from "../api";
import {
  type ConversationId,
  Link,
  newId,
  type Refusal,
  type RemoteAction,
  type SocketPass,
  type ToWatcher,
  type WatcherFrame,
} from "../shared";
import { Sequence } from "./sequence";
import { apply, emptyScreen, type Input, type Screen } from "./state";
import { bodyOf, FULL, Joiner, type Kind, type Whole } from "./wire";

/** Both ends of a share say a beat so often. */
const BEAT_MS = 2_000;

/** Draws what came; false when it cannot be shown. */
export interface Canvas {
  draw(kind: Kind, body: unknown): Promise<boolean>;
  clear(): void;
}

export const screen = signal<Screen>(emptyScreen);

export function put(input: Input): void {
  screen.value = apply(screen.peek(), input, performance.now());
}

export interface ReceiverOptions {
  conversation: ConversationId;
  /** Opened by a click on Share page: asks as soon as it is connected, once. */
  ask: boolean;
  /** Fetched while the visitor is asked; frames wait for it. */
  canvas: Promise<Canvas>;
  onOutcome(frame: Extract<ToWatcher, { type: "outcome" }>): void;
  onProposalEnded(granted: boolean): void;
  onRefused(refusal: Refusal): void;
  /** Where a product is that was to be shown while driving. */
  onProductPage(path: string): void;
}

export class Receiver {
  #link: Link<WatcherFrame, ToWatcher>;
  #options: ReceiverOptions;
  #ask: boolean;
  #joiner = new Joiner();
  #sequence = new Sequence();
  /** The tail of the queue in which frames are inflated. */
  #queue: Promise<void> = Promise.resolve();
  /** Rises at each end and each new connection: what still inflates then belongs to nobody. */
  #turn = 0;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(options: ReceiverOptions) {
    this.#options = options;
    this.#ask = options.ask;
    const tab = newId().slice(-12);
    this.#link = new Link<WatcherFrame, ToWatcher>({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/share`,
      hello: async () => ({
        type: "watch",
        pass: (await post<SocketPass>("/socket-pass")).pass,
        conversation: options.conversation,
        tab,
      }),
      onFrame: (frame) => this.#heard(frame),
      onData: (data) => this.#data(data),
      onState: (state, reason) => {
        if (state === "ended" && reason === "signed_out") signedOutSeen.value += 1;
        put({ type: "link_changed", state, reason });
      },
    });
  }

  open(): void {
    this.#link.open();
    document.addEventListener("visibilitychange", this.#look);
    this.#beat = setInterval(() => this.#link.send({ type: "beat" }), BEAT_MS);
  }

  close(): void {
    clearInterval(this.#beat);
    document.removeEventListener("visibilitychange", this.#look);
    this.#link.close();
    this.#end();
  }

  say(frame: WatcherFrame): boolean {
    return this.#link.send(frame);
  }

  order(n: number, epoch: number, action: RemoteAction): boolean {
    return this.#link.send({ type: "do_remotely", n, epoch, action });
  }

  /** What came could not be drawn after all. */
  lost(): void {
    this.#lose();
  }

  retryNow(): void {
    this.#link.retryNow();
  }

  #look = () => {
    this.#link.send({ type: "look", visible: document.visibilityState === "visible" });
  };

  #heard(frame: ToWatcher): void {
    if (frame.type === "welcome") this.#begin();
    put(frame);
    switch (frame.type) {
      case "welcome":
        this.#look();
        if (this.#ask && frame.view.stage.type === "idle" && frame.view.settings.see)
          this.#link.send({ type: "ask_consent" });
        this.#ask = false;
        return;
      case "changed":
        if (frame.view.stage.type === "idle") this.#end();
        return;
      case "sharing_ended":
        this.#end();
        return;
      case "outcome":
        this.#options.onOutcome(frame);
        return;
      case "proposal_ended":
        this.#options.onProposalEnded(frame.granted);
        return;
      case "fault":
        this.#options.onRefused(frame.refusal);
        return;
      case "product_page":
        this.#options.onProductPage(frame.path);
        return;
      default:
        return;
    }
  }

  /** The server tells a new watcher everything from a full snapshot on. */
  #begin(): void {
    this.#turn += 1;
    this.#joiner.forget();
    this.#sequence.begin(performance.now());
  }

  /** After the end nothing of the page stays in this tab. */
  #end(): void {
    this.#begin();
    void this.#options.canvas.then(
      (canvas) => canvas.clear(),
      () => undefined,
    );
  }

  #data(data: ArrayBuffer): void {
    const joined = this.#joiner.take(data);
    if (joined.type === "part") return;
    if (joined.type === "broken") {
      this.#lose();
      return;
    }
    const turn = this.#turn;
    const body = bodyOf(joined.whole);
    this.#queue = this.#queue
      .then(async () => {
        const [value, canvas] = await Promise.all([body, this.#options.canvas]);
        if (turn === this.#turn) await this.#show(joined.whole, value, canvas);
      })
      // A page that cannot be drawn is asked for whole; the frames after it are still taken.
      .catch(() => this.#lose());
  }

  async #show({ kind, doc, seq }: Whole, body: unknown, canvas: Canvas): Promise<void> {
    const verdict = this.#sequence.judge(kind, doc, seq);
    if (verdict === "old") return;
    const turn = this.#turn;
    const drawn = verdict === "show" && body !== undefined && (await canvas.draw(kind, body));
    // The end came while its style sheets were fetched: nothing of it may stay.
    if (turn !== this.#turn) canvas.clear();
    else if (!drawn) this.#lose();
    else if (kind === FULL) put({ type: "drawn" });
  }

  #lose(): void {
    this.#sequence.lose();
    put({ type: "lost" });
    if (this.#sequence.asks(performance.now())) this.#link.send({ type: "want_snapshot" });
  }
}

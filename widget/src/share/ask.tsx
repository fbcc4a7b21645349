/**
 * Sharing a page as far as it goes before consent: an agent's question, the visitor's answer, and what
 * is kept of a share from page to page. What records and obeys is fetched only after Agree (share.ts).
 */
import type { Host } from "../page/contract";
import { kept } from "../page/kept";
import { newId } from "../shared/id";
import type { ShareId, ToVisitor, VisitorFrame } from "../shared/protocol";
import { Banner, type ChatFace } from "./banner";
import type { KeptShare, Shared } from "./contract";

/** Where a tab keeps its share. */
export const KEPT = "comptoir:share";

/** What sharing needs of the chat. */
export interface ChatSide extends ChatFace {
  readonly memory: { readonly visitor: { token?: string }; readonly tab: { tab?: string } };
  /** On a phone the panel makes room for the page. */
  leave(): void;
}

export class Sharing {
  readonly #host: Host;
  readonly #chat: ChatSide;
  readonly #send: (frame: VisitorFrame) => boolean;
  readonly #store = kept("sessionStorage", KEPT);
  #banner: Banner | undefined;
  #shared: Shared | undefined;
  /** The question that was agreed to here, until its share opens. */
  #agreed: { ask: string; agent: KeptShare["agent"]; chunk: Promise<typeof import("./share")> } | undefined;

  constructor(host: Host, chat: ChatSide, send: (frame: VisitorFrame) => boolean) {
    this.#host = host;
    this.#chat = chat;
    this.#send = send;
    if (this.#store.read()) void this.#start(import("./share"));
  }

  hear(frame: ToVisitor): void {
    switch (frame.type) {
      case "share_asked":
        this.#asked(frame);
        break;
      case "share_ask_ended":
        this.#banner?.askEnded(frame.ask);
        break;
      case "share_opened":
        this.#opened(frame);
        break;
    }
  }

  shutdown(): void {
    this.#shared?.forget();
    this.#banner?.remove();
    this.#banner = undefined;
    this.#store.remove();
  }

  #asked({ ask, agent, seconds_left, settings }: Extract<ToVisitor, { type: "share_asked" }>): void {
    if (this.#shared || this.#agreed?.ask === ask) return;
    this.#face().ask({ about: "see", ask, agent, seconds: seconds_left, settings }, (granted) => {
      if (granted) this.#agree(ask, agent);
      else this.#send({ type: "answer_share", ask, granted });
    });
  }

  #agree(ask: string, agent: KeptShare["agent"]): void {
    if (!this.#send({ type: "answer_share", ask, granted: true })) return;
    this.#agreed = { ask, agent, chunk: import("./share") };
    this.#agreed.chunk.catch(() => undefined);
    this.#face().show({ is: "connecting" });
    this.#chat.leave();
  }

  /** Only in the tab that agreed; what it is kept under is said to no other. */
  #opened({ ask, share, key }: Extract<ToVisitor, { type: "share_opened" }>): void {
    const agreed = this.#agreed;
    if (agreed?.ask !== ask) {
      // The visitor stopped before it began.
      this.#send({ type: "stop_share", share });
      return;
    }
    this.#agreed = undefined;
    const begun: KeptShare = { share, key, doc: 0, high: 0, ...(agreed.agent && { agent: agreed.agent }) };
    this.#store.write(begun);
    void this.#start(agreed.chunk, share);
  }

  async #start(chunk: Promise<typeof import("./share")>, share?: ShareId): Promise<void> {
    const face = this.#face();
    face.show({ is: "connecting" });
    try {
      const { startShare } = await chunk;
      await parsed();
      if (!this.#store.read()) return;
      this.#shared = startShare({
        host: this.#host,
        face,
        store: this.#store,
        token: () => this.#chat.memory.visitor.token,
        tab: () => this.#chat.memory.tab.tab ?? newId(),
        stopByChat: (one) => this.#send({ type: "stop_share", share: one }),
        ended: () => {
          this.#shared = undefined;
        },
      });
    } catch {
      this.#stop(share);
    }
  }

  #face(): Banner {
    this.#banner ??= new Banner(this.#host, this.#chat, {
      takeBack: () => this.#shared?.takeBack(),
      stop: () => (this.#shared ? this.#shared.stop() : this.#stop()),
      covered: (covered) => this.#shared?.covered(covered),
      empty: () => {
        this.#banner?.remove();
        this.#banner = undefined;
      },
    });
    return this.#banner;
  }

  /** Before the share runs. */
  #stop(share = (this.#store.read() as KeptShare | null)?.share): void {
    this.#agreed = undefined;
    this.#store.remove();
    if (share) this.#send({ type: "stop_share", share });
    this.#face().show({ is: "over", why: "stopped" });
  }
}

/** On the next page of a share the loader does not wait for the page: its style sheets are read when all are named. */
async function parsed(): Promise<void> {
  if (document.readyState !== "loading") return;
  await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
}

/**
 * Page visits on their way to a conversation: those before it go with its
 * beginning, each later page follows while it is open. Recording and consent
 * are the loader's (page/visits.ts).
 */
import type { Host } from "../page/contract";
import type { Seen } from "../page/visits";
import { newId } from "../shared/id";
import type { Begin, ConversationId, PageVisit, VisitorFrame } from "../shared/protocol";
import type { Telling } from "./here/telling";

/** Visits sent with a beginning: the frame must stay well under 64 KiB. */
const BEGIN_BYTES_MAX = 40_000;

export class Joining {
  readonly #host: Host;
  readonly #send: (frame: VisitorFrame) => boolean;
  /** The page was loaded again while this conversation went on: it has that visit already. */
  readonly #stayed: ConversationId | undefined;
  readonly #loaded: Seen | undefined;
  /** The last page said, and to which conversation. */
  #said = "";
  #open = false;
  #telling: Promise<Telling | undefined> | undefined;
  /** Consent was withdrawn while there was no connection. */
  #toForget = false;

  constructor(host: Host, stayed: ConversationId | undefined, send: (frame: VisitorFrame) => boolean) {
    this.#host = host;
    this.#stayed = stayed;
    this.#loaded = host.visits.current();
    this.#send = send;
  }

  /** What a beginning now would bring along. */
  toJoin(): readonly Seen[] {
    const { visits } = this.#host;
    return visits.consented() ? visits.list() : [];
  }

  begin(botVersion: number): Begin {
    const { visits, config } = this.#host;
    const list: PageVisit[] = [];
    let bytes = 0;
    for (const visit of this.toJoin().map(named).reverse()) {
      bytes += JSON.stringify(visit).length;
      if (bytes > BEGIN_BYTES_MAX) break;
      list.unshift(visit);
    }
    const page = visits.current()?.page;
    return {
      lang: config.lang,
      bot_version: botVersion,
      ...(page ? { page } : {}),
      visits: list,
      visits_consented: visits.consented(),
    };
  }

  /** The page shown now, once for each conversation; one that was sent with the beginning adds nothing. */
  follow(conversation: ConversationId | undefined, seen: Seen): void {
    if (conversation) this.#tellPage();
    if (!conversation || (conversation === this.#stayed && seen === this.#loaded)) return;
    const visit = named(seen);
    const name = `${conversation}:${visit.id}`;
    if (name !== this.#said && this.#send({ type: "visit", visit })) this.#said = name;
  }

  /** What the page shows is told while a conversation is open, by a chunk that comes with it. */
  #tellPage(): void {
    this.#telling ??= import("./here/telling").then(
      ({ Telling }) => new Telling(this.#host, this.#send),
      () => undefined,
    );
    this.#open = true;
    void this.#telling.then((telling) => this.#open && telling?.tell());
  }

  /** No conversation is open: nothing is followed any more. */
  rest(): void {
    this.#open = false;
    void this.#telling?.then((telling) => telling?.stop());
  }

  cartChanged(): void {
    void this.#telling?.then((telling) => telling?.cartChanged());
  }

  forget(): void {
    this.#toForget = !this.#send({ type: "forget_visits" });
  }

  reconnected(): void {
    this.#said = "";
    void this.#telling?.then((telling) => telling?.reconnected());
    if (this.#toForget) this.forget();
  }
}

/** A visit under the id that it keeps from now on. */
function named(seen: Seen): PageVisit {
  seen.id ??= newId();
  return { id: seen.id, page: seen.page, at: seen.at };
}

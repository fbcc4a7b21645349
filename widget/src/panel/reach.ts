/**
 * What the panel does by HTTP beside its socket: older events, earlier
 * conversations, addresses of documents, cards read again, uploads. It comes with the chunk of a
 * conversation's parts; answers go through the same reducer as frames.
 */
import type { Host } from "../page/contract";
import type { CardNow, ConversationId, DocumentAddress, ProductId } from "../shared/protocol";
import type { Chat } from "./chat";
import { Http } from "./http";
import { Uploads } from "./uploads";

/** Above every number: the last page of a log. */
const LAST_PAGE = 2 ** 52;

export class Reach {
  readonly uploads: Uploads;
  readonly #chat: Chat;
  readonly #http: Http;

  constructor(chat: Chat, { config, settings }: Host) {
    this.#chat = chat;
    this.#http = new Http(settings.base, () => chat.memory.visitor.token);
    this.uploads = new Uploads({
      http: this.#http,
      bytesMax: config.file_megabytes_max * 1_024 * 1_024,
      conversation: () => this.#conversation(),
      shared: (document) => chat.say({ type: "share_document", document: document.id }, document.name),
      changed: (rows) => chat.showUploads(rows),
    });
  }

  address(document: string): Promise<DocumentAddress> {
    return this.#http.address(document);
  }

  /** A card of the present conversation, as the catalog has it now. */
  async cardNow(card: number, product: ProductId): Promise<CardNow> {
    const { head } = this.#chat.view;
    if (!head) throw new Error("there is no conversation");
    return this.#http.cardNow(head.id, card, product);
  }

  /** The page of events before those held. */
  async older(): Promise<void> {
    const { head, log } = this.#chat.view;
    if (head && log.before > 0) await this.#fetch(head.id, log.before + 1);
  }

  /** Shows or hides a closed conversation above; its last page is fetched the first time. */
  async unfold(conversation: ConversationId, unfolded: boolean): Promise<void> {
    const earlier = this.#chat.view.earlier.find((one) => one.id === conversation);
    this.#chat.apply({ type: "fold", conversation, unfolded });
    if (!unfolded || !earlier || (earlier.log.last && earlier.log.before === 0)) return;
    await this.#fetch(conversation, earlier.log.last ? earlier.log.before + 1 : LAST_PAGE);
  }

  async #fetch(conversation: ConversationId, before: number): Promise<void> {
    const events = await this.#http.events(conversation, before);
    this.#chat.apply({ type: "older", conversation, events });
  }

  /** Where a file goes to: the open conversation, or one that is begun for it. */
  #conversation(): ConversationId | undefined {
    const chat = this.#chat;
    if (!chat.conversation && !chat.begins) chat.say({ type: "begin" }, "");
    return chat.conversation;
  }
}

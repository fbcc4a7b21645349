/** The widget's HTTP calls: older events, a document's address, a card read again. Uploads are uploads.ts's. No cookie ever. */
import type {
  CardNow,
  ConversationId,
  DocumentAddress,
  DocumentId,
  Event,
  ProductId,
  Refusal,
} from "../shared/protocol";

/** Events a page of history. */
const PAGE = 50;

export class Http {
  readonly base: string;
  readonly #token: () => string | undefined;

  constructor(base: string, token: () => string | undefined) {
    this.base = `${base}/w/v1`;
    this.#token = token;
  }

  get authorization(): string {
    return `Bearer ${this.#token() ?? ""}`;
  }

  /** The events before a number, oldest first. */
  async events(conversation: ConversationId, before: number): Promise<Event[]> {
    const query = new URLSearchParams({ before: String(before), limit: String(PAGE) });
    const page = await this.#get<{ events: Event[] }>(`/conversations/${conversation}/events?${query}`);
    return page.events;
  }

  /** Addresses of one document, valid 10 minutes. */
  address(document: DocumentId): Promise<DocumentAddress> {
    return this.#get(`/documents/${document}/address`);
  }

  /** What the catalog says now of a card that was sent; `product`: which one of a comparison. */
  cardNow(conversation: ConversationId, card: number, product: ProductId): Promise<CardNow> {
    const query = new URLSearchParams({ product });
    return this.#get(`/conversations/${conversation}/cards/${card}/now?${query}`);
  }

  async #get<Body>(path: string): Promise<Body> {
    const answer = await fetch(this.base + path, {
      credentials: "omit",
      headers: { authorization: this.authorization },
    });
    if (!answer.ok) throw fault(await answer.json().catch(() => undefined));
    return answer.json();
  }
}

/** What the server said, or that nothing was said. */
export function fault(body: unknown): Refusal {
  if (typeof body === "object" && body !== null && "code" in body) return body as Refusal;
  return { code: "fault", message: "no answer" };
}

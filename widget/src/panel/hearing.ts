/**
 * What the visitor should notice of new events: the sentences to announce, once
 * each, and who spoke. History that is loaded is not news.
 */
import type { BotTurn, Event } from "../shared/protocol";
import type { T } from "../words/keys";
import { heardFrom, type Sender } from "./transcript";
import type { View } from "./view";

export interface Heard {
  from: Sender["type"];
  words: string;
}

export class Hearing {
  #conversation: string | undefined;
  #last = 0;
  #history: boolean;

  /** `history`: the conversation goes on from before this page, what is there already is no news. */
  constructor(history: boolean) {
    this.#history = history;
  }

  /** The news since the last call. */
  listen(view: View, botName: string, t: T): Heard[] {
    const { head, log, loading } = view;
    if (head?.id !== this.#conversation) {
      this.#conversation = head?.id;
      this.#last = 0;
    }
    if (loading) this.#history = true;
    else if (this.#history) {
      this.#history = false;
      this.#last = log.last;
    }
    if (loading || log.last <= this.#last) return [];
    const news = log.events.filter((event) => event.seq > this.#last);
    this.#last = log.last;
    return news.flatMap((event) => heard(event, botName, t));
  }
}

/** A turn as it is read out: its words, then what it shows. */
function spoken({ say, cards = [] }: BotTurn): string {
  return [...say, ...cards.map((card) => card.title)].join(" ");
}

function heard(event: Event, botName: string, t: T): Heard[] {
  const { body } = event;
  const sender = heardFrom(event);
  const say = (words: string): Heard[] => [{ from: sender?.type ?? "bot", words }];
  if (body.type === "conversation_taken") return say(t("with_agent", { name: body.by.first_name }));
  if (body.type === "conversation_transferred") {
    return say(t("notice_transferred", { from: body.from.first_name, to: body.to.first_name }));
  }
  if (body.type === "conversation_closed") return say(t("notice_closed"));
  if (!sender) return [];
  const name = sender.type === "agent" ? sender.agent.first_name : botName;
  switch (body.type) {
    case "bot_spoke":
      // The start turn was there before the conversation was.
      return body.answers === 0 ? [] : say(t("heard_text", { name, text: spoken(body.turn) }));
    case "message_posted":
      return say(t("heard_text", { name, text: body.text }));
    case "document_shared":
      return say(t("heard_file", { name, file: body.document.name }));
    case "product_recommended":
      return say(t("heard_card", { name, title: body.card.title }));
    case "products_compared": {
      const title = body.comparison.cards.map((card) => card.title).join(", ");
      return say(t("heard_card", { name, title }));
    }
    default:
      return [];
  }
}

/** Sending a product into the conversation: only ids travel, the server freezes the card. */
import { say } from "../desk";
import type { ConversationId, ProductCard } from "../shared";
import { announce } from "../ui/announcer";
import { t } from "../words";

export function recommend(conversation: ConversationId, card: ProductCard): void {
  const { product, sku } = card;
  say(conversation, { type: "recommend_product", product, ...(sku === undefined ? {} : { sku }) }, { card });
  announce(t("recommended", { title: card.title }));
}

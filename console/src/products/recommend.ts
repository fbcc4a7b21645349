/** Sending a product into the conversation: only ids travel, the server freezes the card. */
import { say } from "../desk";
import type { CatalogHit, ConversationRow } from "../shared";
import { announce } from "../ui/announcer";
import { t } from "../words";
import { recommendedNow } from "./shelf";
import { cardName } from "./ticks";

/** `hit.card` is what is sent: of a chosen variant its own. */
export function recommend(row: ConversationRow, hit: CatalogHit): void {
  const { product, sku } = hit.card;
  const command = { type: "recommend_product" as const, product, ...(sku === undefined ? {} : { sku }) };
  say(row.id, command, { card: hit.card });
  recommendedNow(row, hit);
  announce(t("recommended", { title: cardName(hit.card) }));
}

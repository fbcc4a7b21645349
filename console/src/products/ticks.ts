/** Products ticked for a comparison, those of each conversation by themselves: kept in memory until sent. */
import { signal } from "@preact/signals";
import { say } from "../desk";
import type { ConversationId, ProductCard } from "../shared";
import { announce } from "../ui/announcer";
import { t } from "../words";

/** A comparison is of so many different products. */
export const COMPARED_MIN = 2;
export const COMPARED_MAX = 4;

const all = signal<ReadonlyMap<ConversationId, readonly ProductCard[]>>(new Map());

export function ticked(conversation: ConversationId): readonly ProductCard[] {
  return all.value.get(conversation) ?? [];
}

export function isTicked(conversation: ConversationId, card: ProductCard): boolean {
  return ticked(conversation).some((one) => sameVariant(one, card));
}

/**
 * Ticks or unticks. Another variant of a ticked product takes its place, since a comparison holds each
 * product once; undefined: there is no room for it.
 */
export function toggled(
  ticks: readonly ProductCard[],
  card: ProductCard,
): readonly ProductCard[] | undefined {
  if (ticks.some((one) => sameVariant(one, card))) return ticks.filter((one) => !sameVariant(one, card));
  if (ticks.some((one) => one.product === card.product))
    return ticks.map((one) => (one.product === card.product ? card : one));
  return ticks.length < COMPARED_MAX ? [...ticks, card] : undefined;
}

export function tick(conversation: ConversationId, card: ProductCard): void {
  const before = ticked(conversation);
  const after = toggled(before, card);
  if (!after) {
    announce(t("compare_full"));
    return;
  }
  keep(conversation, after);
  announce(
    after.length < before.length
      ? t("compare_unticked", { title: cardName(card) })
      : t("compare_ticked", { title: cardName(card), count: after.length }),
  );
}

export function untickAll(conversation: ConversationId): void {
  keep(conversation, []);
}

/** Only ids travel: the server freezes the cards and finds what differs. True when there was enough to send. */
export function sendComparison(conversation: ConversationId): boolean {
  const cards = ticked(conversation);
  if (cards.length < COMPARED_MIN) {
    announce(t("compare_one_more"));
    return false;
  }
  const products = cards.map(({ product, sku }) => ({ product, ...(sku === undefined ? {} : { sku }) }));
  const comparison = { cards: [...cards], rows: [] };
  say(conversation, { type: "compare_products", products }, { comparison });
  announce(t("compare_sent", { count: cards.length }));
  untickAll(conversation);
  return true;
}

export function cardName({ title, variant }: ProductCard): string {
  return variant ? `${title}, ${variant}` : title;
}

function keep(conversation: ConversationId, ticks: readonly ProductCard[]): void {
  const next = new Map(all.peek());
  if (ticks.length === 0) next.delete(conversation);
  else next.set(conversation, ticks);
  all.value = next;
}

function sameVariant(a: ProductCard, b: ProductCard): boolean {
  return a.product === b.product && a.sku === b.sku;
}

/**
 * Why a product is suggested, and what the visitor asked for, in the agent's language.
 *
 * Pure but for the words. Each part is a fact that the server checked; nothing is made of them here.
 */
import {
  type Constraint,
  format,
  type Money,
  type ProductCard,
  type Reason,
  type Suggestion,
} from "../shared";
import { lang, t } from "../words";

/** `bleu, moins de 50 €, en stock` */
export function whyWords({ reasons, hit }: Suggestion, onPage: ProductCard | undefined): string {
  const words = reasons.map((reason) => reasonWords(reason, hit.card, onPage));
  // "In stock" may be a wish and a fact at once.
  return [...new Set(words)].join(", ");
}

export function brokenWords({ breaks }: Suggestion): string {
  if (breaks.length === 0) return "";
  return t("constraint_broken", { what: breaks.map((one) => constraintWords(one)).join(", ") });
}

function reasonWords(reason: Reason, card: ProductCard, onPage: ProductCard | undefined): string {
  const other = ({ product, title }: { product: string; title: string }) => ({
    what: product === onPage?.product ? t("page_product") : t("reason_word", { word: title }),
  });
  switch (reason.type) {
    case "words":
      return t("reason_words", { words: reason.words.map((word) => t("reason_word", { word })).join(" ") });
    case "meets":
      return constraintWords(reason.constraint, card.price);
    case "in_stock":
      return t("reason_in_stock");
    case "similar_by_feed":
      return t("reason_similar_feed", other(reason));
    case "similar_to_page":
      return t("reason_similar", other(reason));
    case "goes_with_by_feed":
      return t("reason_goes_feed", other(reason));
    case "goes_with_page":
      return t("reason_goes", other(reason));
    case "in_category":
      return t("reason_category", { name: reason.name });
    case "on_page":
      return t("reason_page");
  }
}

/** With the price of the product that meets it, so that "under 50" is never said of 50 itself. */
export function constraintWords(constraint: Constraint, price?: Money): string {
  switch (constraint.type) {
    case "price":
      return priceWords(constraint.least, constraint.most, price);
    case "attribute":
      return constraint.not ? t("constraint_not", { value: constraint.value }) : constraint.value;
    case "in_stock":
      return t("constraint_in_stock");
    case "other_currency":
      return t("constraint_currency", { said: constraint.said });
  }
}

export function priceWords(least: Money | undefined, most: Money | undefined, price?: Money): string {
  const money = (amount: Money) => format.money(amount, lang.value);
  if (least && most) return t("price_between", { least: money(least), most: money(most) });
  if (most) return t(price?.minor === most.minor ? "price_at_most" : "price_under", { most: money(most) });
  if (least)
    return t(price?.minor === least.minor ? "price_at_least" : "price_over", { least: money(least) });
  return "";
}

/** The same wish, whatever words it was read from. */
export function constraintKey(constraint: Constraint): string {
  switch (constraint.type) {
    case "price":
    case "in_stock":
    case "other_currency":
      return constraint.type;
    case "attribute":
      return `attribute:${constraint.name}:${constraint.value}`;
  }
}

/** Why the bot answered as it did, in words and never in numbers: its scores are no percentages. Pure. */
import type { BotDefinition, BotWhy, FaqScore } from "../../../shared";

/** What a score means to a shopkeeper. */
export type Verdict = "answers" | "offers" | "silent";

/** The format's own, where the definition says none. */
const SUGGEST_ABOVE = 0.15;

/** Rungs with a sentence of their own; another one is a newer server's. */
export const RUNGS = [
  "start",
  "form",
  "field",
  "keyword",
  "label",
  "button",
  "courtesy",
  "products",
  "faq",
  "suggest",
  "catalog",
  "unknown",
  "none_of_these",
  "waiting",
  "file",
] as const;

export type Rung = (typeof RUNGS)[number];

export function rungOf(why: BotWhy): Rung | undefined {
  return RUNGS.find((one) => one === why.rung);
}

export function verdictOf(score: FaqScore, why: BotWhy, definition: BotDefinition | undefined): Verdict {
  if (why.answered === score.faq) return "answers";
  if (why.suggested?.includes(score.faq)) return "offers";
  // Sure enough to be offered, even where another FAQ or another rung came first.
  const { suggest_above = SUGGEST_ABOVE } = definition?.understanding ?? {};
  return score.score >= suggest_above * 1_000 ? "offers" : "silent";
}

/** The words in backticks that the server gives as its reason: they are the visitor's or the shop's. */
export function quoted(because: string): string | undefined {
  return /`([^`]+)`/.exec(because)?.[1];
}

/** How each FAQ was used, with those that never were. Pure. */
import type { BotDefinition, FaqUsage } from "../../shared";

const unused = { answered: 0, suggested: 0, clicked: 0, handed_off_after: 0 };

/** The most used first; FAQs of the definition that nobody met stand last, in their order. */
export function usageRows(usage: readonly FaqUsage[], definition: BotDefinition | undefined): FaqUsage[] {
  const used = new Map(usage.map((one) => [one.faq, one]));
  const missing = (definition?.faq ?? [])
    .filter((faq) => !used.has(faq.id))
    .map((faq): FaqUsage => ({ faq: faq.id, ...unused }));
  const weight = (one: FaqUsage) => one.answered * 1_000_000 + one.suggested;
  return [...usage.toSorted((a, b) => weight(b) - weight(a)), ...missing];
}

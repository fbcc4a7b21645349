/** How pieces of a bot are called for people: by their words where they have some, else by their id. */
import type { BotDefinition, FaqDefinition, FieldDefinition, StepDefinition } from "../../shared";
import { t } from "../../words";
import type { Words } from "./fresh";
import { keysOf } from "./pointer";
import { nameOf } from "./references";

export const TARGETS = ["@handoff", "@leave_message", "@products", "@end"] as const;

export type Target = (typeof TARGETS)[number];

export function isTarget(text: string): text is Target {
  return (TARGETS as readonly string[]).includes(text);
}

export function targetName(target: Target): string {
  switch (target) {
    case "@handoff":
      return t("bot_to_handoff");
    case "@leave_message":
      return t("bot_to_leave_message");
    case "@products":
      return t("bot_to_products");
    case "@end":
      return t("bot_to_end");
  }
}

export function said(words: Words, lang: string, standard: string): string {
  return words[lang] || words[standard] || "";
}

export function stepName(step: StepDefinition): string {
  return nameOf(step.id) || t("bot_unnamed");
}

export function faqName(faq: FaqDefinition, lang: string, standard: string): string {
  const question = faq.questions[lang]?.[0] || faq.questions[standard]?.[0];
  return said(faq.label, lang, standard) || question || nameOf(faq.id) || t("bot_unnamed");
}

export function fieldName(field: FieldDefinition, lang: string, standard: string): string {
  return said(field.label, lang, standard) || nameOf(field.id) || t("bot_unnamed");
}

/** A place in words: `Step “Welcome”, button 2`. */
export function placeName(definition: BotDefinition, pointer: string, lang: string): string {
  const standard = definition.languages[0] ?? "";
  const [first = "", second = "", third = "", fourth] = keysOf(pointer);
  const owner = ownerName(definition, first, Number(second), lang, standard);
  if (owner === undefined) return t(tabOfTop(first));
  return third === "buttons" && fourth !== undefined
    ? t("bot_place_button", { place: owner, number: Number(fourth) + 1 })
    : owner;
}

function ownerName(
  definition: BotDefinition,
  list: string,
  place: number,
  lang: string,
  standard: string,
): string | undefined {
  const step = list === "steps" ? definition.steps[place] : undefined;
  if (step) return t("bot_place_step", { name: stepName(step) });
  const faq = list === "faq" ? definition.faq[place] : undefined;
  if (faq) return t("bot_place_faq", { name: faqName(faq, lang, standard) });
  const field = list === "fields" ? definition.fields[place] : undefined;
  if (field) return t("bot_place_field", { name: fieldName(field, lang, standard) });
  return undefined;
}

function tabOfTop(key: string) {
  switch (key) {
    case "start":
      return "bot_start" as const;
    case "form":
      return "bot_asks_form" as const;
    case "handoff":
      return "bot_handoff" as const;
    case "leave_message":
      return "bot_leave" as const;
    case "close":
      return "bot_close" as const;
    case "understanding":
      return "bot_understanding" as const;
    case "products":
      return "bot_products" as const;
    case "hours":
    case "timezone":
      return "bot_tab_hours" as const;
    case "tests":
      return "bot_tab_tests" as const;
    case "steps":
    case "name":
    case "notice":
    case "languages":
      return "bot_tab_steps" as const;
    case "faq":
      return "bot_tab_faq" as const;
    case "fields":
      return "bot_tab_fields" as const;
    default:
      return "bot_tab_toml" as const;
  }
}

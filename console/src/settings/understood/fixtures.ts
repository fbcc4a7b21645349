/** Definitions for the tests of what is changed in them. */
import type { BotDefinition, FaqDefinition } from "../../shared";

export function definitionOf(faq: FaqDefinition[], parts: Partial<BotDefinition> = {}): BotDefinition {
  return {
    name: { fr: "Aide" },
    languages: ["fr", "en"],
    timezone: "Europe/Paris",
    notice: {},
    fields: [],
    start: "accueil",
    form: [],
    steps: [{ id: "accueil", collect: [], say: { fr: "Bonjour" }, buttons: [] }],
    faq,
    understanding: { suggest: {}, none_of_these: {}, unknown: {}, hello: {}, thanks: {}, file: {} },
    products: { enabled: false, ask: {}, none: {}, again: {} },
    handoff: { label: {}, keywords: {}, ask_before: [], offer: {}, waiting: {}, still_waiting: {} },
    close: {},
    tests: [],
    ...parts,
  };
}

export function faqOf(id: string, label: string, questions: string[]): FaqDefinition {
  return { id, label: { fr: label }, questions: { fr: questions }, answer: { fr: "Voilà." }, buttons: [] };
}

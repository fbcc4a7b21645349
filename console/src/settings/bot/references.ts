/**
 * Ids inside a definition: made from a name, found wherever something leads to them, and renamed there.
 *
 * Pure. Steps, questions and fields are named by id in buttons, tests, forms and, for fields, inside
 * texts as `{{id}}`.
 */
import type { BotDefinition, ButtonDefinition, StepDefinition } from "../../shared";

export type Named = "step" | "faq" | "field";

export const ID_CHARS_MAX = 32;

/** Ids that the server keeps for its own words. */
const RESERVED: ReadonlySet<string> = new Set(["position", "next_opening", "query"]);

/** `Suivre ma commande !` is `suivre_ma_commande`, or with a number where that is taken. */
export function idFrom(name: string, taken: readonly string[], otherwise: string): string {
  const folded = name
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+/, "");
  const stem = folded.slice(0, ID_CHARS_MAX).replace(/_+$/, "") || otherwise;
  const isFree = (id: string) => !taken.includes(id) && !RESERVED.has(id);
  if (isFree(stem)) return stem;
  for (let count = 2; ; count += 1) {
    const end = `_${count}`;
    const id = stem.slice(0, ID_CHARS_MAX - end.length) + end;
    if (isFree(id)) return id;
  }
}

/** As people read it: `suivre_ma_commande` is `Suivre ma commande`. */
export function nameOf(id: string): string {
  const words = id.replace(/_/g, " ").trim();
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

export function idsOf(definition: BotDefinition, what: Named): string[] {
  switch (what) {
    case "step":
      return definition.steps.map((step) => step.id);
    case "faq":
      return definition.faq.map((faq) => faq.id);
    case "field":
      return definition.fields.map((field) => field.id);
  }
}

/** Pointers of all places that lead to a step or an answer, or that ask or show a field. */
export function leadingTo(definition: BotDefinition, what: Named, id: string): string[] {
  switch (what) {
    case "step":
      return targetsIn(definition)
        .filter(([, target]) => target === id)
        .map(([at]) => at);
    case "faq":
      return buttonsIn(definition)
        .filter(([, button]) => button.faq === id)
        .map(([at]) => `${at}/faq`);
    case "field":
      return [
        ...fieldListsIn(definition).filter(([, list]) => list.includes(id)),
        ...textsWith(definition, id),
      ].map(([at]) => at);
  }
}

function targetsIn(definition: BotDefinition): [string, string | undefined][] {
  return [
    ["/start", definition.start],
    ...definition.steps.map((step, place): [string, string | undefined] => [
      `/steps/${place}/goto`,
      step.goto,
    ]),
    ...buttonsIn(definition).map(([at, button]): [string, string | undefined] => [`${at}/goto`, button.goto]),
    ["/handoff/on_wait_too_long", definition.handoff.on_wait_too_long],
  ];
}

function buttonsIn(definition: BotDefinition): [string, ButtonDefinition][] {
  const of = (list: "steps" | "faq") =>
    definition[list].flatMap((owner, place) =>
      owner.buttons.map((button, at): [string, ButtonDefinition] => [
        `/${list}/${place}/buttons/${at}`,
        button,
      ]),
    );
  return [...of("steps"), ...of("faq")];
}

function fieldListsIn(definition: BotDefinition): [string, readonly string[]][] {
  return [
    ["/form", definition.form],
    ...definition.steps.map((step, place): [string, readonly string[]] => [
      `/steps/${place}/collect`,
      step.collect,
    ]),
    ["/handoff/ask_before", definition.handoff.ask_before],
    ["/leave_message/collect", definition.leave_message?.collect ?? []],
  ];
}

/** Texts that show a field's answer. */
function textsWith(root: unknown, id: string, at = ""): [string, string][] {
  if (typeof root === "string") return root.match(variable(id)) ? [[at, root]] : [];
  if (typeof root !== "object" || root === null) return [];
  return Object.entries(root).flatMap(([key, value]) => textsWith(value, id, `${at}/${key}`));
}

function variable(id: string): RegExp {
  return new RegExp(`\\{\\{\\s*${id.replace(/[^a-z0-9_]/gi, "\\$&")}\\s*\\}\\}`, "g");
}

/** The same bot, with one id called otherwise everywhere. */
export function renamed(definition: BotDefinition, what: Named, from: string, to: string): BotDefinition {
  if (from === to) return definition;
  switch (what) {
    case "step":
      return renamedStep(definition, from, to);
    case "faq":
      return renamedFaq(definition, from, to);
    case "field":
      return renamedField(definition, from, to);
  }
}

function renamedStep(definition: BotDefinition, from: string, to: string): BotDefinition {
  const target = (one: string | undefined) => (one === from ? to : one);
  const button = (one: ButtonDefinition) => (one.goto === from ? { ...one, goto: to } : one);
  const { on_wait_too_long: late } = definition.handoff;
  return {
    ...definition,
    start: target(definition.start) ?? "",
    steps: definition.steps.map((step) => ({
      ...step,
      id: step.id === from ? to : step.id,
      buttons: step.buttons.map(button),
      ...(step.goto === from ? { goto: to } : {}),
    })),
    faq: definition.faq.map((faq) => ({ ...faq, buttons: faq.buttons.map(button) })),
    handoff: { ...definition.handoff, ...(late === from ? { on_wait_too_long: to } : {}) },
    tests: expecting(definition, ["step"], from, to),
  };
}

function renamedFaq(definition: BotDefinition, from: string, to: string): BotDefinition {
  const button = (one: ButtonDefinition) => (one.faq === from ? { ...one, faq: to } : one);
  return {
    ...definition,
    steps: definition.steps.map((step) => ({ ...step, buttons: step.buttons.map(button) })),
    faq: definition.faq.map((faq) => ({
      ...faq,
      id: faq.id === from ? to : faq.id,
      buttons: faq.buttons.map(button),
    })),
    tests: expecting(definition, ["faq", "suggest"], from, to),
  };
}

function expecting(definition: BotDefinition, kinds: readonly string[], from: string, to: string) {
  const kind = (expect: string) => kinds.find((one) => expect === `${one}:${from}`);
  return definition.tests.map((test) => {
    const found = kind(test.expect);
    return found === undefined ? test : { ...test, expect: `${found}:${to}` };
  });
}

function renamedField(definition: BotDefinition, from: string, to: string): BotDefinition {
  const list = (ids: readonly string[]) => ids.map((id) => (id === from ? to : id));
  const shown = variable(from);
  const { leave_message: leave } = definition;
  const next: BotDefinition = {
    ...definition,
    fields: definition.fields.map((field) => (field.id === from ? { ...field, id: to } : field)),
    form: list(definition.form),
    steps: definition.steps.map((step): StepDefinition => ({ ...step, collect: list(step.collect) })),
    handoff: { ...definition.handoff, ask_before: list(definition.handoff.ask_before) },
    ...(leave ? { leave_message: { ...leave, collect: list(leave.collect) } } : {}),
  };
  return retold(next, (text) => text.replace(shown, `{{${to}}}`)) as BotDefinition;
}

/** Every text inside, rewritten; what did not change is shared. */
function retold(root: unknown, rewrite: (text: string) => string): unknown {
  if (typeof root === "string") return rewrite(root);
  if (Array.isArray(root)) return root.map((one) => retold(one, rewrite));
  if (typeof root !== "object" || root === null) return root;
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, retold(value, rewrite)]));
}

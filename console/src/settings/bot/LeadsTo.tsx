/** Where a button or a step leads, in plain words: a step, a person, a message, products, an answer, a page. */
import type { BotDefinition, ButtonDefinition } from "../../shared";
import { announce } from "../../ui/announcer";
import { t } from "../../words";
import { type Group, Pick } from "./Controls";
import { type Editing, useEditing } from "./editing";
import { newStep } from "./fresh";
import { faqName, said, stepName, TARGETS, type Target, targetName } from "./names";
import type { Edit } from "./reducer";
import { idFrom, idsOf } from "./references";

/** Makes the step that it then leads to. */
const NEW_STEP = "+";

interface TargetPickProps {
  at: string;
  label: string;
  value: string | undefined;
  /** Targets that make no sense here. */
  but?: Target;
  hint?: string;
  /** The name of a step that is made from here. */
  newName?: string;
}

/** A step or a target; for a step's `goto`, the start, and what follows a long wait. */
export function TargetPick({ at, label, value, but, hint, newName = "" }: TargetPickProps) {
  const { definition, edit } = useEditing();
  return (
    <Pick
      at={at}
      label={label}
      hint={hint}
      value={value ?? ""}
      strange={strangeName(value)}
      groups={[stepGroup(definition), targetGroup(but)]}
      onValue={(chosen) => {
        const { edits, target } = ledTo(definition, chosen, newName);
        edit(...edits, { type: "set", at, value: target });
      }}
    />
  );
}

/** Where the bot begins: a step, never a target. */
export function StartPick() {
  const { definition, edit } = useEditing();
  return (
    <Pick
      at="/start"
      label={t("bot_start")}
      hint={t("bot_start_hint")}
      value={definition.start}
      strange={strangeName(definition.start)}
      choices={definition.steps.map((step) => ({ value: step.id, words: stepName(step) }))}
      onValue={(value) => edit({ type: "set", at: "/start", value })}
    />
  );
}

interface ButtonPickProps {
  at: string;
  button: ButtonDefinition;
}

/** A button's one way: what it leads to, answers, or opens. */
export function ButtonPick({ at, button }: ButtonPickProps) {
  const editing = useEditing();
  const { definition, edit } = editing;
  const { label } = button;
  const choose = (chosen: string) => {
    if (chosen === "url:") return edit({ type: "set", at, value: { label, url: button.url ?? "https://" } });
    if (chosen.startsWith("faq:")) return edit({ type: "set", at, value: { label, faq: chosen.slice(4) } });
    const name = said(label, editing.lang, editing.standard);
    const { edits, target } = ledTo(definition, chosen.slice(5), name);
    edit(...edits, { type: "set", at, value: { label, goto: target } });
  };
  return (
    <Pick
      at={`${at}/${button.faq !== undefined ? "faq" : button.url !== undefined ? "url" : "goto"}`}
      label={t("bot_leads_to")}
      value={wayOf(button)}
      strange={strangeName(button.faq ?? button.goto)}
      choices={[{ value: "url:", words: t("bot_to_url") }]}
      groups={[prefixed(stepGroup(definition)), prefixed(targetGroup()), faqGroup(editing)]}
      onValue={choose}
    />
  );
}

function wayOf(button: ButtonDefinition): string {
  if (button.url !== undefined) return "url:";
  return button.faq !== undefined ? `faq:${button.faq}` : `goto:${button.goto ?? ""}`;
}

function strangeName(id: string | undefined): string {
  return id ? t("bot_to_nothing", { id }) : t("bot_to_choose");
}

function stepGroup(definition: BotDefinition): Group {
  const steps = definition.steps.map((step) => ({ value: step.id, words: stepName(step) }));
  return { words: t("bot_steps"), choices: [...steps, { value: NEW_STEP, words: t("bot_to_new_step") }] };
}

function targetGroup(but?: Target): Group {
  const choices = TARGETS.filter((target) => target !== but).map((target) => ({
    value: target,
    words: targetName(target),
  }));
  return { words: t("bot_to_elsewhere"), choices };
}

function faqGroup({ definition, lang, standard }: Editing): Group {
  return {
    words: t("bot_to_answers"),
    choices: definition.faq.map((faq) => ({ value: `faq:${faq.id}`, words: faqName(faq, lang, standard) })),
  };
}

function prefixed(group: Group): Group {
  return { ...group, choices: group.choices.map((one) => ({ ...one, value: `goto:${one.value}` })) };
}

/** What was chosen, with what it needs to be led to: a new step, or the search of products switched on. */
function ledTo(definition: BotDefinition, chosen: string, name: string): { edits: Edit[]; target: string } {
  if (chosen === "@products" && !definition.products.enabled)
    return { edits: [{ type: "set", at: "/products/enabled", value: true }], target: chosen };
  if (chosen !== NEW_STEP) return { edits: [], target: chosen };
  const id = idFrom(name || t("bot_step_new"), idsOf(definition, "step"), "step");
  announce(t("bot_step_made", { name: id }));
  const step = { ...newStep(id), goto: "@end" };
  return {
    edits: [{ type: "insert", at: "/steps", place: definition.steps.length, value: step }],
    target: id,
  };
}

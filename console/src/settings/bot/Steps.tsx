/** Welcome and steps: what is said first, and what follows from each button. */
import { Icon, icons, type StepDefinition } from "../../shared";
import { t } from "../../words";
import { Asked } from "./Asked";
import { Card, useCounts } from "./Cards";
import { useDeleting } from "./deleting";
import { useEditing } from "./editing";
import { newStep } from "./fresh";
import { StartPick } from "./LeadsTo";
import { isTarget, said, stepName, targetName } from "./names";
import { useOrder } from "./Reorder";
import { idFrom, idsOf } from "./references";
import { SaidAt, SaidOf } from "./Said";
import { StepForm } from "./StepCard";
import { WordsField } from "./WordsField";

const LIST = "/steps";
const STEPS_MAX = 200;

export function Steps() {
  const { definition } = useEditing();
  return (
    <>
      <section class="panel-card" aria-labelledby="bot-welcome">
        <h2 id="bot-welcome">{t("bot_welcome")}</h2>
        <WordsField
          at="/name"
          label={t("bot_name")}
          words={definition.name}
          maxLength={40}
          hint={t("bot_name_hint")}
        />
        <WordsField
          at="/notice"
          label={t("bot_notice")}
          words={definition.notice}
          rows={2}
          hint={t("bot_notice_hint")}
        />
        <StartPick />
        <Asked at="/form" label={t("bot_asks_form")} chosen={definition.form} hint={t("bot_form_hint")} />
        <SaidAt at="/languages" />
      </section>
      <StepList />
    </>
  );
}

function StepList() {
  const { definition, lang, standard, edit, setOpen } = useEditing();
  const { steps } = definition;
  const order = useOrder(LIST, steps.length);
  const counts = useCounts();
  const deleting = useDeleting(LIST, "step");
  const nameAt = (place: number) => {
    const step = steps[place];
    return step ? stepName(step) : "";
  };
  const add = (step: StepDefinition, place: number) => {
    edit({ type: "insert", at: LIST, place, value: step });
    setOpen(LIST, place);
    requestAnimationFrame(() =>
      document.querySelector<HTMLInputElement>(`[data-at="${LIST}/${place}/id"]`)?.select(),
    );
  };
  const freshId = (name: string) => idFrom(name, idsOf(definition, "step"), "step");
  return (
    <section class="panel-card" aria-labelledby="bot-steps">
      <div class="title-row">
        <h2 id="bot-steps">{t("bot_steps")}</h2>
        <button
          type="button"
          class="button button-small"
          disabled={steps.length >= STEPS_MAX}
          onClick={() => add({ ...newStep(freshId(t("bot_step_new"))), goto: "@end" }, steps.length)}
        >
          <Icon d={icons.plus} size={16} />
          {t("bot_step_add")}
        </button>
      </div>
      <p class="quiet">{t("bot_steps_text")}</p>
      <SaidOf at={LIST} />
      <ol class="bot-cards">
        {steps.map((step, place) => (
          <Card
            key={place}
            order={order}
            place={place}
            name={stepName(step)}
            nameAt={nameAt}
            counts={counts.get(`${LIST}/${place}`)}
            under={<Under step={step} text={said(step.say, lang, standard)} />}
            aside={
              step.id === definition.start && <span class="chip chip-accent">{t("bot_step_first")}</span>
            }
            onDuplicate={() => add({ ...step, id: freshId(step.id) }, place + 1)}
            onDelete={() => deleting.ask(place, step.id, stepName(step))}
          >
            {() => <StepForm at={`${LIST}/${place}`} step={step} />}
          </Card>
        ))}
      </ol>
      {deleting.dialog}
    </section>
  );
}

function Under({ step, text }: { step: StepDefinition; text: string }) {
  const on =
    step.goto === undefined ? t("bot_step_buttons", { count: step.buttons.length }) : wayOn(step.goto);
  return (
    <>
      {text}
      {text && " · "}
      {on}
    </>
  );
}

function wayOn(goto: string): string {
  return `→ ${isTarget(goto) ? targetName(goto) : goto}`;
}

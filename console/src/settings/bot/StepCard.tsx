/** A step as a form: what it asks, says and shows, and then buttons or the way on. */
import type { StepDefinition } from "../../shared";
import { t } from "../../words";
import { Asked } from "./Asked";
import { Buttons } from "./Buttons";
import { Pick, Tick } from "./Controls";
import { useEditing } from "./editing";
import { newButton } from "./fresh";
import { IdField } from "./IdField";
import { TargetPick } from "./LeadsTo";
import { fieldName } from "./names";
import { SaidAt, SaidOf } from "./Said";
import { WordsField } from "./WordsField";

const FIXED = "=";

export function StepForm({ at, step }: { at: string; step: StepDefinition }) {
  const { definition } = useEditing();
  const fields = definition.fields.map((field) => `{{${field.id}}}`).join(" ");
  return (
    <>
      <IdField at={`${at}/id`} what="step" id={step.id} label={t("bot_step_name")} />
      <Asked
        at={`${at}/collect`}
        label={t("bot_collect")}
        chosen={step.collect}
        hint={t("bot_collect_hint")}
      />
      <WordsField
        at={`${at}/say`}
        label={t("bot_say")}
        words={step.say}
        rows={3}
        hint={fields === "" ? undefined : t("bot_say_hint", { fields })}
      />
      <Shows at={`${at}/products`} step={step} />
      <Then at={at} step={step} />
    </>
  );
}

/** Buttons or the next step: never both. */
function Then({ at, step }: { at: string; step: StepDefinition }) {
  const { edit } = useEditing();
  const goesOn = step.goto !== undefined && step.buttons.length === 0;
  const choose = (on: boolean) => {
    if (on === goesOn) return;
    if (on)
      edit(
        { type: "set", at: `${at}/buttons`, value: [] },
        { type: "set", at: `${at}/goto`, value: step.goto ?? step.buttons[0]?.goto ?? "@end" },
      );
    else
      edit(
        { type: "set", at: `${at}/buttons`, value: [{ ...newButton(), goto: step.goto ?? "@handoff" }] },
        { type: "set", at: `${at}/goto`, value: undefined },
      );
  };
  return (
    <div class="stack">
      <fieldset class="field">
        <legend class="field-label">{t("bot_then")}</legend>
        <div class="ticks">
          {([false, true] as const).map((on) => (
            <label key={String(on)} class="tick">
              <input type="radio" name={`${at}-then`} checked={goesOn === on} onChange={() => choose(on)} />
              {t(on ? "bot_then_goto" : "bot_then_buttons")}
            </label>
          ))}
        </div>
      </fieldset>
      {goesOn ? (
        <TargetPick at={`${at}/goto`} label={t("bot_goto")} value={step.goto} />
      ) : (
        <>
          <Buttons at={`${at}/buttons`} buttons={step.buttons} />
          {/* Both stand in a text that was written by hand. */}
          {step.goto !== undefined && (
            <div class="stack">
              <SaidAt at={`${at}/goto`} />
              <button
                type="button"
                class="button button-small bot-start-aligned"
                onClick={() => edit({ type: "set", at: `${at}/goto`, value: undefined })}
              >
                {t("bot_goto_drop")}
              </button>
            </div>
          )}
        </>
      )}
    </div>
  );
}

/** Products that the catalog finds for words and answers. */
function Shows({ at, step }: { at: string; step: StepDefinition }) {
  const { definition, lang, standard, edit } = useEditing();
  const { products } = step;
  const numbers = definition.fields.filter((field) => field.kind === "number");
  const fixed = products?.price_max !== undefined && !products.price_max.includes("{{");
  return (
    <div class="stack">
      <Tick
        at={at}
        checked={products !== undefined}
        onChecked={(on) => edit({ type: "set", at, value: on ? { query: {} } : undefined })}
      >
        {t("bot_shows")}
      </Tick>
      {products && (
        <div class="bot-inset">
          <WordsField
            at={`${at}/query`}
            label={t("bot_shows_query")}
            words={products.query}
            hint={t("bot_shows_query_hint")}
          />
          <div class="two">
            <Pick
              at={`${at}/price_max`}
              label={t("bot_shows_price")}
              value={fixed ? FIXED : (products.price_max ?? "")}
              choices={[
                { value: "", words: t("bot_shows_price_none") },
                ...numbers.map((field) => ({
                  value: `{{${field.id}}}`,
                  words: t("bot_shows_price_field", { name: fieldName(field, lang, standard) }),
                })),
                { value: FIXED, words: t("bot_shows_price_fixed") },
              ]}
              onValue={(value) =>
                edit({
                  type: "set",
                  at: `${at}/price_max`,
                  value: value === FIXED ? "100" : value || undefined,
                })
              }
            />
            {fixed && (
              <label class="field">
                <span class="field-label">{t("bot_shows_price_amount")}</span>
                <input
                  class="input"
                  inputMode="numeric"
                  value={products.price_max}
                  onInput={(event) =>
                    edit({
                      type: "set",
                      at: `${at}/price_max`,
                      value: event.currentTarget.value.replace(/\D/g, ""),
                    })
                  }
                />
              </label>
            )}
            <Pick
              at={`${at}/limit`}
              label={t("bot_shows_limit")}
              value={String(products.limit ?? 3)}
              choices={["1", "2", "3", "4", "5"].map((value) => ({ value, words: value }))}
              onValue={(value) => edit({ type: "set", at: `${at}/limit`, value: Number(value) })}
            />
          </div>
          <Tick
            checked={products.in_stock ?? true}
            onChecked={(on) => edit({ type: "set", at: `${at}/in_stock`, value: on ? undefined : false })}
          >
            {t("bot_shows_stock")}
          </Tick>
          <SaidAt at={`${at}/in_stock`} />
        </div>
      )}
      <SaidOf at={at} />
    </div>
  );
}

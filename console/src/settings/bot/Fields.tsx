/** What the bot may ask a visitor: each field with its kind and the options of that kind. */
import { useState } from "preact/hooks";
import { type FieldDefinition, Icon, icons } from "../../shared";
import { t } from "../../words";
import type { BuiltIn } from "./builtin";
import { Card, useCounts } from "./Cards";
import { Line, NumberLine, Pick, Tick } from "./Controls";
import { useDeleting } from "./deleting";
import { useEditing } from "./editing";
import { newField } from "./fresh";
import { IdField } from "./IdField";
import { fieldName } from "./names";
import { Options } from "./Options";
import { patternFrom } from "./pattern";
import { useOrder } from "./Reorder";
import { idFrom, idsOf } from "./references";
import { SaidAt, SaidOf } from "./Said";
import { WordsField } from "./WordsField";

const LIST = "/fields";
const FIELDS_MAX = 40;

const KINDS = ["text", "email", "phone", "number", "choice", "pattern"] as const;

type Kind = (typeof KINDS)[number];

const TOKENS = ["name", "given-name", "family-name", "email", "tel", "postal-code", "organization"] as const;

export function Fields() {
  const { definition, lang, standard, edit, setOpen } = useEditing();
  const { fields } = definition;
  const order = useOrder(LIST, fields.length);
  const counts = useCounts();
  const deleting = useDeleting(LIST, "field");
  const nameAt = (place: number) => {
    const field = fields[place];
    return field ? fieldName(field, lang, standard) : "";
  };
  const add = () => {
    const id = idFrom(t("bot_field_new"), idsOf(definition, "field"), "field");
    edit({ type: "insert", at: LIST, place: fields.length, value: newField(id) });
    setOpen(LIST, fields.length);
    requestAnimationFrame(() =>
      document.querySelector<HTMLInputElement>(`[data-at="${LIST}/${fields.length}/id"]`)?.select(),
    );
  };
  return (
    <section class="panel-card" aria-labelledby="bot-fields">
      <div class="title-row">
        <h2 id="bot-fields" data-at={LIST} tabIndex={-1}>
          {t("bot_tab_fields")}
        </h2>
        <button
          type="button"
          class="button button-small"
          disabled={fields.length >= FIELDS_MAX}
          onClick={add}
        >
          <Icon d={icons.plus} size={16} />
          {t("bot_field_add")}
        </button>
      </div>
      <p class="quiet">{t("bot_fields_text")}</p>
      <SaidOf at={LIST} />
      <ol class="bot-cards">
        {fields.map((field, place) => (
          <Card
            key={place}
            order={order}
            place={place}
            name={nameAt(place)}
            nameAt={nameAt}
            counts={counts.get(`${LIST}/${place}`)}
            under={kindName(field.kind)}
            onDelete={() => deleting.ask(place, field.id, nameAt(place))}
          >
            {() => <FieldForm at={`${LIST}/${place}`} field={field} />}
          </Card>
        ))}
      </ol>
      {deleting.dialog}
    </section>
  );
}

function isKind(kind: string): kind is Kind {
  return (KINDS as readonly string[]).includes(kind);
}

function kindName(kind: string): string {
  return isKind(kind) ? t(`bot_kind_${kind}`) : kind;
}

/** What the bot says of an answer that does not fit. */
function errorWord(kind: string): BuiltIn {
  return isKind(kind) ? `error_${kind}` : "error_text";
}

function FieldForm({ at, field }: { at: string; field: FieldDefinition }) {
  const { edit } = useEditing();
  const skippable = Object.keys(field.skip).length > 0;
  const { lang } = useEditing();
  return (
    <>
      <div class="two">
        <IdField at={`${at}/id`} what="field" id={field.id} label={t("bot_field_name")} />
        <Pick
          at={`${at}/kind`}
          label={t("bot_kind")}
          value={field.kind}
          choices={KINDS.map((value) => ({ value, words: kindName(value) }))}
          onValue={(kind) => edit({ type: "set", at, value: asKind(field, kind) })}
        />
      </div>
      <WordsField at={`${at}/ask`} label={t("bot_ask")} words={field.ask} rows={2} />
      <WordsField
        at={`${at}/label`}
        label={t("bot_field_label")}
        words={field.label}
        maxLength={40}
        hint={t("bot_field_label_hint")}
      />
      <OfKind at={at} field={field} />
      <WordsField
        at={`${at}/error`}
        label={t("bot_error")}
        words={field.error}
        rows={2}
        otherwise={errorWord(field.kind)}
      />
      <Tick
        checked={skippable}
        onChecked={(on) =>
          edit({ type: "set", at: `${at}/skip`, value: on ? { [lang]: t("bot_skip_default") } : {} })
        }
      >
        {t("bot_skippable")}
      </Tick>
      {skippable ? (
        <WordsField
          at={`${at}/skip`}
          label={t("bot_skip")}
          words={field.skip}
          maxLength={40}
          hint={t("bot_skip_hint")}
        />
      ) : (
        <SaidAt at={`${at}/skip`} />
      )}
    </>
  );
}

/** The same question asked for something else: what only the old kind takes goes. */
function asKind(field: FieldDefinition, kind: string): FieldDefinition {
  const { min, max, pattern, attribute, options, max_chars: chars, ...kept } = field;
  return {
    ...kept,
    kind,
    options: kind === "choice" ? (options.length > 0 ? options : [{}, {}]) : [],
    ...(kind === "number" && min !== undefined ? { min } : {}),
    ...(kind === "number" && max !== undefined ? { max } : {}),
    ...(kind === "pattern" ? { pattern: pattern ?? "" } : {}),
    ...(kind === "text" && chars !== undefined ? { max_chars: chars } : {}),
  };
}

function OfKind({ at, field }: { at: string; field: FieldDefinition }) {
  switch (field.kind) {
    case "text":
      return (
        <div class="two">
          <NumberLine
            at={`${at}/max_chars`}
            label={t("bot_max_chars")}
            value={field.max_chars}
            placeholder="200"
          />
          <Autofill at={`${at}/autocomplete`} token={field.autocomplete} />
        </div>
      );
    case "email":
    case "phone":
      return <Autofill at={`${at}/autocomplete`} token={field.autocomplete} />;
    case "number":
      return (
        <div class="two">
          <NumberLine at={`${at}/min`} label={t("bot_min")} value={field.min} />
          <NumberLine at={`${at}/max`} label={t("bot_max")} value={field.max} />
        </div>
      );
    case "choice":
      return <Options at={at} field={field} />;
    case "pattern":
      return <Pattern at={`${at}/pattern`} pattern={field.pattern ?? ""} />;
    default:
      return <SaidAt at={`${at}/kind`} />;
  }
}

/** What the visitor's browser may fill in by itself. */
function Autofill({ at, token }: { at: string; token: string | undefined }) {
  const { edit } = useEditing();
  return (
    <Pick
      at={at}
      label={t("bot_autofill")}
      value={token ?? ""}
      choices={[
        { value: "", words: t("bot_autofill_none") },
        ...TOKENS.map((value) => ({ value, words: t(`bot_autofill_${value}`) })),
      ]}
      onValue={(value) => edit({ type: "set", at, value: value || undefined })}
    />
  );
}

function Pattern({ at, pattern }: { at: string; pattern: string }) {
  const { edit } = useEditing();
  const [example, setExample] = useState("");
  return (
    <div class="two">
      <Line
        at={`${at}-example`}
        label={t("bot_pattern_example")}
        hint={t("bot_pattern_example_hint")}
        value={example}
        maxLength={60}
        onValue={(text) => {
          setExample(text);
          if (text.trim() !== "") edit({ type: "set", at, value: patternFrom(text) });
        }}
      />
      <Line
        at={at}
        label={t("bot_pattern")}
        hint={t("bot_pattern_hint")}
        value={pattern}
        maxLength={200}
        onValue={(value) => edit({ type: "set", at, value })}
      />
    </div>
  );
}

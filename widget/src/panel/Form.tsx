/**
 * Several fields asked at once. What does not fit is said at the field, in the
 * bot's own words, and the first such field takes the focus; what was typed stays.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { FieldView } from "../shared/protocol";
import { useAround } from "./around";
import { inputOf } from "./field";

export function Form({ fields, turn }: { fields: readonly FieldView[]; turn: number }) {
  const { chat, t } = useAround();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Record<string, string>>(chat.memory.tab.form ?? {});
  const [missing, setMissing] = useState<readonly string[]>([]);
  const sending = chat.view.pending.some((one) => one.command.command.type === "submit_form" && !one.failed);
  const wrong = (field: FieldView) =>
    chat.view.faults[field.id] ?? (missing.includes(field.id) ? t("form_missing") : undefined);
  const faulty = fields
    .filter((field) => wrong(field))
    .map((field) => field.id)
    .join();

  useEffect(() => {
    if (faulty && !sending) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [faulty, sending]);

  const change = (typed: Record<string, string>) => {
    setValues(typed);
    chat.memory.keepTab({ form: typed });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const value = (field: FieldView) => (values[field.id] ?? "").trim();
    const empty = fields.filter((field) => !field.skip && !value(field)).map((field) => field.id);
    setMissing(empty);
    if (empty.length === 0 && !sending)
      chat.submit(
        turn,
        fields.map((field) => ({ field: field.id, value: value(field) })),
      );
  };
  return (
    <form class="form" ref={form} noValidate onSubmit={submit} aria-label={t("form_label")}>
      {fields.map((field) => (
        <Field
          key={field.id}
          field={field}
          value={values[field.id] ?? ""}
          wrong={wrong(field)}
          change={(value) => change({ ...values, [field.id]: value })}
        />
      ))}
      <button type="submit" class="primary" aria-disabled={sending}>
        {t(sending ? "state_sending" : "form_send")}
      </button>
    </form>
  );
}

interface FieldProps {
  field: FieldView;
  value: string;
  wrong: string | undefined;
  change(value: string): void;
}

function Field({ field, value, wrong, change }: FieldProps) {
  const { t } = useAround();
  const id = `field-${field.id}`;
  const common = {
    id,
    value,
    "aria-invalid": wrong !== undefined,
    "aria-required": !field.skip,
    "aria-describedby": `${id}-ask ${wrong ? `${id}-wrong` : ""}`.trim(),
  };
  const said = field.ask !== field.label;
  return (
    <div class="field">
      <label for={id}>
        {field.label} {field.skip && <small>({t("form_optional")})</small>}
      </label>
      {said && (
        <p class="ask" id={`${id}-ask`}>
          {field.ask}
        </p>
      )}
      {field.kind.type === "choice" ? (
        <select {...common} onChange={(event) => change(event.currentTarget.value)}>
          <option value="">{field.skip ?? t("form_choose")}</option>
          {field.kind.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          {...inputOf(field)}
          maxLength={field.max_chars}
          onInput={(event) => change(event.currentTarget.value)}
        />
      )}
      {wrong && (
        <p class="wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  );
}

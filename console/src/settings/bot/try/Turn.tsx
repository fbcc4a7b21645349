/** One turn of the bot as the visitor sees it: bubbles, products, buttons, the form. Only the latest can be used. */
import { useId, useState } from "preact/hooks";
import {
  type BotTurn,
  Card,
  type FieldAnswer,
  type FieldFault,
  type FieldView,
  Icon,
  icons,
  LINK_REL,
  type PreviewInput,
  safeLink,
  Text,
} from "../../../shared";
import { lang, t } from "../../../words";

interface TurnProps {
  turn: BotTurn;
  /** Its buttons and form are there: the visitor has done nothing since. */
  latest: boolean;
  /** What did not fit when its form was sent. */
  wrong: readonly FieldFault[];
  onSay: (input: PreviewInput) => void;
}

export function Turn({ turn, latest, wrong, onSay }: TurnProps) {
  return (
    <>
      {turn.say.map((text, place) => (
        <p key={place} class="try-bubble" dir="auto">
          <span class="only-read">{t("try_bot")} </span>
          <Text text={text} />
        </p>
      ))}
      {(turn.cards ?? []).map((card) => (
        <div key={card.product} class="try-card">
          <Card card={card} lang={lang.value} t={t} newTab />
        </div>
      ))}
      {latest && <Choices turn={turn} onSay={onSay} />}
      {latest && turn.form && turn.form.length > 0 && <Form fields={turn.form} wrong={wrong} onSay={onSay} />}
    </>
  );
}

function Choices({ turn, onSay }: { turn: BotTurn; onSay: (input: PreviewInput) => void }) {
  const { asks } = turn;
  const options = asks?.kind.type === "choice" ? asks.kind.options : [];
  const replies = [...options, ...(asks?.skip ? [asks.skip] : [])];
  const buttons = turn.buttons ?? [];
  if (buttons.length === 0 && replies.length === 0) return null;
  return (
    <div class="try-choices">
      {buttons.map((button, place) =>
        button.url ? (
          <a
            key={place}
            class="try-choice"
            href={safeLink(button.url)}
            rel={LINK_REL}
            target="_blank"
            data-plain
          >
            {button.label} <Icon d={icons.external} size={14} />
          </a>
        ) : (
          <Choice
            key={place}
            label={button.label}
            onChoose={() => onSay({ type: "button", button: place })}
          />
        ),
      )}
      {replies.map((text) => (
        <Choice key={text} label={text} onChoose={() => onSay({ type: "text", text })} />
      ))}
    </div>
  );
}

function Choice({ label, onChoose }: { label: string; onChoose: () => void }) {
  return (
    <button
      type="button"
      class="try-choice"
      onClick={(event) => {
        // The button goes away: the composer takes the focus that it had, as in the widget.
        const talk = event.currentTarget.closest(".try");
        onChoose();
        talk?.querySelector<HTMLElement>("[data-try-composer]")?.focus({ preventScroll: true });
      }}
    >
      {label}
    </button>
  );
}

interface FormProps {
  fields: readonly FieldView[];
  wrong: readonly FieldFault[];
  onSay: (input: PreviewInput) => void;
}

function Form({ fields, wrong, onSay }: FormProps) {
  const [values, setValues] = useState<Record<string, string>>({});
  const value = (field: FieldView) => values[field.id] ?? "";
  const submit = (event: Event) => {
    event.preventDefault();
    const answers = fields.map((field): FieldAnswer => ({ field: field.id, value: value(field).trim() }));
    onSay({ type: "form", answers });
  };
  return (
    <form class="try-form" onSubmit={submit}>
      {fields.map((field) => (
        <FormField
          key={field.id}
          field={field}
          value={value(field)}
          wrong={wrong.find((one) => one.field === field.id)?.error}
          onValue={(text) => setValues({ ...values, [field.id]: text })}
        />
      ))}
      <button type="submit" class="button button-primary">
        {t("try_form_send")}
      </button>
    </form>
  );
}

interface FormFieldProps {
  field: FieldView;
  value: string;
  wrong: string | undefined;
  onValue: (text: string) => void;
}

function FormField({ field, value, wrong, onValue }: FormFieldProps) {
  const id = useId();
  const common = {
    id,
    class: "input",
    value,
    required: !field.skip,
    "aria-invalid": wrong !== undefined,
    "aria-describedby": `${id}-ask ${id}-wrong`,
  };
  return (
    <div class="field">
      <label for={id}>
        {field.label} {field.skip && <small>{t("try_optional")}</small>}
      </label>
      <small id={`${id}-ask`}>{field.ask === field.label ? "" : field.ask}</small>
      {field.kind.type === "choice" ? (
        <select {...common} onChange={(event) => onValue(event.currentTarget.value)}>
          <option value="">{field.skip ?? t("try_form_choose")}</option>
          {field.kind.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          maxLength={field.max_chars}
          autocomplete="off"
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
      <p class="field-error" id={`${id}-wrong`}>
        {wrong}
      </p>
    </div>
  );
}

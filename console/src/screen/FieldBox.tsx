/**
 * A box of ours over a field of the visitor's page: text, a choice, a date. What is typed here is sent
 * as a value; the replay itself never takes the keyboard.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../words";
import { fitted, masked, optionsOf, shownIn } from "./fields";
import type { Field } from "./hand";
import { hand, field as opened, size } from "./session";

interface FieldBoxProps {
  field: Field;
  scale: number;
  name: string;
}

/** A pause in typing after which the visitor sees what stands so far. */
const PAUSE_MS = 180;

const close = () => {
  opened.value = undefined;
};

export function FieldBox({ field, scale, name }: FieldBoxProps) {
  const { x, y, height } = field.box;
  const below = y + height < size.value.height * 0.7;
  const inset = below
    ? { insetBlockStart: `${(y + height) * scale + 6}px` }
    : { insetBlockEnd: `${(size.value.height - y) * scale + 6}px` };
  return (
    <div class="field-box" style={{ ...inset, insetInlineStart: `${Math.max(0, x * scale)}px` }}>
      {field.handling === "choose" ? <Choices field={field} name={name} /> : <Text field={field} />}
    </div>
  );
}

function Text({ field }: { field: Field }) {
  const first = useRef(shownIn(field.element));
  const hidden = masked(first.current);
  const [text, setText] = useState(hidden ? "" : first.current);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const changed = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
    return () => clearTimeout(timer.current);
  }, []);
  const put = (value: string, commit: boolean) => {
    clearTimeout(timer.current);
    hand.give({ type: "set_value", node: field.node, text: value, commit });
  };
  const done = () => {
    if (changed.current) put(text, true);
    close();
  };
  const onInput = (value: string) => {
    const kept = fitted(value);
    changed.current = true;
    setText(kept);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => put(kept, false), PAUSE_MS);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && (field.element.localName === "input" || event.ctrlKey)) {
      event.preventDefault();
      done();
      if (field.element.localName === "input") hand.give({ type: "press", node: field.node, key: "enter" });
    }
  };
  const common = {
    ref: input,
    class: "input",
    "aria-label": t(field.handling === "date" ? "share_field_date" : "share_field_text"),
    autocomplete: "off" as const,
    value: text,
    onKeyDown,
  };
  return (
    <>
      {field.element.localName === "input" ? (
        <input {...common} type={typeOf(field)} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <textarea {...common} rows={4} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
      {hidden && <p class="field-hint">{t("share_field_masked")}</p>}
      <div class="field-actions">
        <button type="button" class="button button-small button-primary" onClick={done}>
          {t("share_field_put")}
        </button>
        <button type="button" class="button button-small" onClick={close}>
          {t("cancel")}
        </button>
      </div>
    </>
  );
}

function typeOf(field: Field): string {
  return field.handling === "date" ? (field.element.getAttribute("type") ?? "text") : "text";
}

function Choices({ field, name }: { field: Field; name: string }) {
  const select = field.element as HTMLSelectElement;
  const [chosen, setChosen] = useState<readonly number[]>(() =>
    optionsOf(select).flatMap((option, index) => (option.selected ? [index] : [])),
  );
  const options = optionsOf(select);
  const hidden = options.length > 0 && options.every((option) => masked(option.text));
  const list = useRef<HTMLFieldSetElement>(null);
  useEffect(() => list.current?.querySelector("input")?.focus(), []);
  const put = (indexes: readonly number[]) => {
    hand.give({ type: "choose", node: field.node, indexes: [...indexes] });
    close();
  };
  const choose = (index: number, on: boolean) => {
    const others = select.multiple ? chosen.filter((one) => one !== index) : [];
    setChosen([...others, ...(on ? [index] : [])].sort((a, b) => a - b));
  };
  return (
    <fieldset
      ref={list}
      class="field-choices"
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
        else if (event.key === "Enter" && !hidden) put(chosen);
      }}
    >
      <legend>{t("share_field_choose", { name })}</legend>
      {hidden && <p class="field-hint">{t("share_field_masked")}</p>}
      {(hidden ? [] : options).map((option, index) => (
        <label key={`${index}-${option.text}`}>
          <input
            type={select.multiple ? "checkbox" : "radio"}
            name="choice"
            disabled={option.disabled}
            checked={chosen.includes(index)}
            onChange={(event) => choose(index, event.currentTarget.checked)}
            // A press on the only choice is the choice; keys walk first.
            onPointerUp={() => !select.multiple && put([index])}
          />
          {option.text}
        </label>
      ))}
      <div class="field-actions">
        {!hidden && (
          <button type="button" class="button button-small button-primary" onClick={() => put(chosen)}>
            {t("share_field_put")}
          </button>
        )}
        <button type="button" class="button button-small" onClick={close}>
          {t("cancel")}
        </button>
      </div>
    </fieldset>
  );
}

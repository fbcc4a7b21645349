/** Plain controls of the bot's forms, each tied to its place in the definition and to what is said of it. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { useEditing } from "./editing";
import { Said, tied, useSaid } from "./Said";

export interface Choice {
  value: string;
  words: string;
}

export interface Group {
  words: string;
  choices: readonly Choice[];
}

interface PickProps {
  at: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  choices?: readonly Choice[];
  groups?: readonly Group[];
  hint?: string | undefined;
  /** For a value that none of the choices has. */
  strange?: string;
}

/** A select; a value that is no longer among the choices stays to be seen. */
export function Pick({ at, label, value, onValue, choices = [], groups = [], hint, strange }: PickProps) {
  const id = useId();
  const problems = useSaid(at);
  const known = [...choices, ...groups.flatMap((group) => group.choices)].some((one) => one.value === value);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <select
        {...tied(at, id, problems, hint !== undefined)}
        class="input"
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {!known && <option value={value}>{strange ?? value}</option>}
        {choices.map(drawn)}
        {groups.map(
          (group) =>
            group.choices.length > 0 && (
              <optgroup key={group.words} label={group.words}>
                {group.choices.map(drawn)}
              </optgroup>
            ),
        )}
      </select>
      {hint !== undefined && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      <Said problems={problems} id={`${id}-said`} />
    </div>
  );
}

function drawn({ value, words }: Choice) {
  return (
    <option key={value} value={value}>
      {words}
    </option>
  );
}

interface LineProps {
  at: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  /** Said of it by us, before the server does. */
  error?: string | undefined;
  hint?: string | undefined;
  type?: string;
  placeholder?: string;
  maxLength?: number;
  onBlur?: () => void;
  inputMode?: "numeric" | "url";
}

export function Line({ at, label, value, onValue, error, hint, onBlur, ...rest }: LineProps) {
  const id = useId();
  const problems = useSaid(at);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        type="text"
        {...rest}
        {...tied(at, id, problems, hint !== undefined)}
        {...(error ? { "aria-invalid": true } : {})}
        class="input"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        onBlur={onBlur}
        onKeyDown={(event) => {
          if (event.key === "Enter") onBlur?.();
        }}
      />
      {hint !== undefined && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      {error && <p class="field-error">{error}</p>}
      <Said problems={problems} id={`${id}-said`} />
    </div>
  );
}

interface NumberLineProps {
  at: string;
  label: string;
  value: number | undefined;
  hint?: string;
  placeholder?: string;
}

/** A whole number, or none. */
export function NumberLine({ at, label, value, ...rest }: NumberLineProps) {
  const { edit } = useEditing();
  return (
    <Line
      {...rest}
      at={at}
      label={label}
      inputMode="numeric"
      value={value === undefined ? "" : String(value)}
      onValue={(text) => {
        const digits = text.replace(/[^\d-]/g, "");
        const number = Number.parseInt(digits, 10);
        edit({ type: "set", at, value: Number.isSafeInteger(number) ? number : undefined });
      }}
    />
  );
}

interface TickProps {
  at?: string;
  checked: boolean;
  onChecked: (checked: boolean) => void;
  children: ComponentChildren;
}

export function Tick({ at, checked, onChecked, children }: TickProps) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={checked}
        {...(at ? { "data-at": at } : {})}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      {children}
    </label>
  );
}

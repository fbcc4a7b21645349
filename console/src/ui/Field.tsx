/** A labelled input with its hint and its error, tied together for those who cannot see that they are. */
import type { InputHTMLAttributes } from "preact";
import { useId } from "preact/hooks";

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onInput" | "value" | "label"> {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
}

export function Field({ label, value, onValue, hint, error, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        {...rest}
        id={id}
        class="input"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        {...described(id, hint, error)}
      />
      <Notes id={id} hint={hint} error={error} />
    </div>
  );
}

interface AreaProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  rows?: number;
  hint?: string | undefined;
  error?: string | undefined;
  maxLength?: number;
}

export function Area({ label, value, onValue, hint, error, rows = 3, ...rest }: AreaProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <textarea
        {...rest}
        id={id}
        class="input"
        rows={rows}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        {...described(id, hint, error)}
      />
      <Notes id={id} hint={hint} error={error} />
    </div>
  );
}

function described(id: string, hint: string | undefined, error: string | undefined) {
  const ids = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return { ...(ids ? { "aria-describedby": ids } : {}), ...(error ? { "aria-invalid": true } : {}) };
}

function Notes({ id, hint, error }: { id: string; hint: string | undefined; error: string | undefined }) {
  return (
    <>
      {hint && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class="field-error">
          {error}
        </p>
      )}
    </>
  );
}

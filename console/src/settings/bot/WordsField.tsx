/** A text in the language that is shown: the default's text stands in an empty one, and what is missing is marked. */
import { useId } from "preact/hooks";
import { t } from "../../words";
import { languageName } from "../SiteFields";
import { type BuiltIn, builtIn } from "./builtin";
import { useEditing } from "./editing";
import type { Words } from "./fresh";
import { Said, tied, useSaid } from "./Said";

interface WordsFieldProps {
  at: string;
  label: string;
  words: Words | undefined;
  hint?: string | undefined;
  /** Lines of a larger box; one line without. */
  rows?: number;
  maxLength?: number;
  /** What the bot says when nothing is written. */
  otherwise?: BuiltIn;
  /** Shown in place of nothing, when there is no built-in word either. */
  placeholder?: string | undefined;
}

export function WordsField(props: WordsFieldProps) {
  const { at, label, words = {}, hint, rows, maxLength = 1_000, otherwise, placeholder = "" } = props;
  const { lang, standard, edit } = useEditing();
  const problems = useSaid(at);
  const id = useId();
  const value = words[lang] ?? "";
  const isMissing = lang !== standard && value === "" && Boolean(words[standard]);
  const common = {
    ...tied(at, id, problems, hint !== undefined),
    class: "input",
    lang,
    maxLength,
    value,
    placeholder: words[standard] || (otherwise ? builtIn(otherwise, lang) : "") || placeholder,
    onInput: (event: { currentTarget: { value: string } }) =>
      edit({ type: "set", at: `${at}/${lang}`, value: event.currentTarget.value || undefined }),
  };
  return (
    <div class="field">
      <div class="bot-label">
        <label class="field-label" for={id}>
          {label}
        </label>
        {isMissing && (
          <span class="chip chip-note">{t("bot_missing", { language: languageName(lang) })}</span>
        )}
      </div>
      {rows === undefined ? <input {...common} type="text" /> : <textarea {...common} rows={rows} />}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
      <Said problems={problems} id={`${id}-said`} />
    </div>
  );
}

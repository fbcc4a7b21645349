/** A new FAQ from what visitors typed: prefilled, so that only its answer is written. */
import { useState } from "preact/hooks";
import { Dialog } from "../../ui/Dialog";
import { Area, Field } from "../../ui/Field";
import { t } from "../../words";
import { languageName } from "../SiteFields";
import {
  ANSWER_CHARS_MAX,
  fitsAsQuestion,
  LABEL_CHARS_MAX,
  labelFrom,
  type NewFaqDraft,
  QUESTION_CHARS_MAX,
  QUESTION_CHARS_MIN,
  QUESTIONS_MAX,
} from "./edits";

interface NewFaqProps {
  texts: readonly string[];
  under: string;
  /** The bot's first language: what is missing in another one falls back to it, so it may not be missing itself. */
  standard: string;
  /** Resolves to what is wrong, or to nothing. */
  onSave: (drafts: NewFaqDraft[]) => Promise<string | undefined>;
  onClose: () => void;
}

/** As it is written: a question a line. */
interface Written {
  lang: string;
  label: string;
  questions: string;
  answer: string;
}

export function NewFaq({ texts, under, standard, onSave, onClose }: NewFaqProps) {
  const [written, setWritten] = useState<Written[]>(() => [
    { lang: under, label: labelFrom(texts[0] ?? ""), questions: texts.join("\n"), answer: "" },
    ...(under === standard ? [] : [{ lang: standard, label: "", questions: "", answer: "" }]),
  ]);
  const [tried, setTried] = useState(false);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (written.some((one) => Object.values(faultsOf(one)).some(Boolean))) {
      const form = event.currentTarget as HTMLFormElement;
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    setBusy(true);
    setFault(await onSave(written.map((one) => ({ ...one, questions: linesOf(one.questions) }))));
    setBusy(false);
  };
  return (
    <Dialog title={t("gaps_new_title")} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => void save(event)}>
        <p class="quiet">{t("gaps_new_text", { language: languageName(under) })}</p>
        {written.map((one) => (
          <InLanguage
            key={one.lang}
            written={one}
            titled={written.length > 1}
            tried={tried}
            onChange={(parts) =>
              setWritten(written.map((each) => (each.lang === one.lang ? { ...each, ...parts } : each)))
            }
          />
        ))}
        <p class="field-error" role="alert">
          {fault}
        </p>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {t("cancel")}
          </button>
          <button type="submit" class="button button-primary" disabled={busy}>
            {t("gaps_new_save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface InLanguageProps {
  written: Written;
  /** One of several: headed by its language. */
  titled: boolean;
  tried: boolean;
  onChange: (parts: Partial<Written>) => void;
}

function InLanguage({ written, titled, tried, onChange }: InLanguageProps) {
  const wrong: Partial<ReturnType<typeof faultsOf>> = tried ? faultsOf(written) : {};
  return (
    <fieldset class="stack">
      {titled && <legend class="gap-language">{languageName(written.lang)}</legend>}
      <Field
        label={t("gaps_new_label")}
        value={written.label}
        onValue={(label) => onChange({ label })}
        maxLength={LABEL_CHARS_MAX}
        hint={t("gaps_new_label_hint")}
        error={wrong.label}
      />
      <Area
        label={t("gaps_new_questions")}
        value={written.questions}
        onValue={(questions) => onChange({ questions })}
        rows={3}
        hint={t("gaps_new_questions_hint")}
        error={wrong.questions}
      />
      <Area
        label={t("gaps_new_answer")}
        value={written.answer}
        onValue={(answer) => onChange({ answer })}
        rows={4}
        maxLength={ANSWER_CHARS_MAX}
        hint={t("gaps_new_answer_hint")}
        error={wrong.answer}
      />
    </fieldset>
  );
}

function linesOf(questions: string): string[] {
  const lines = questions.split("\n").map((line) => line.trim());
  return lines.filter(Boolean);
}

function faultsOf({ label, questions, answer }: Written) {
  return {
    label: label.trim() === "" ? t("gaps_new_label_missing") : undefined,
    questions: questionsFault(linesOf(questions)),
    answer: answer.trim() === "" ? t("gaps_new_answer_missing") : undefined,
  };
}

function questionsFault(lines: readonly string[]): string | undefined {
  if (lines.length === 0 || lines.length > QUESTIONS_MAX)
    return t("gaps_new_questions_count", { most: QUESTIONS_MAX });
  const unfit = lines.find((line) => !fitsAsQuestion(line));
  const bounds = { least: QUESTION_CHARS_MIN, most: QUESTION_CHARS_MAX };
  return unfit === undefined ? undefined : t("gaps_new_question_unfit", { text: unfit, ...bounds });
}

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
  /** Resolves to what is wrong, or to nothing. */
  onSave: (draft: NewFaqDraft) => Promise<string | undefined>;
  onClose: () => void;
}

export function NewFaq({ texts, under, onSave, onClose }: NewFaqProps) {
  const [label, setLabel] = useState(() => labelFrom(texts[0] ?? ""));
  const [questions, setQuestions] = useState(texts.join("\n"));
  const [answer, setAnswer] = useState("");
  const [tried, setTried] = useState(false);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const lines = questions
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const unfit = lines.find((line) => !fitsAsQuestion(line));
  const wrong = {
    label: label.trim() === "" ? t("gaps_new_label_missing") : undefined,
    questions:
      lines.length === 0 || lines.length > QUESTIONS_MAX
        ? t("gaps_new_questions_count", { most: QUESTIONS_MAX })
        : unfit !== undefined
          ? t("gaps_new_question_unfit", {
              text: unfit,
              least: QUESTION_CHARS_MIN,
              most: QUESTION_CHARS_MAX,
            })
          : undefined,
    answer: answer.trim() === "" ? t("gaps_new_answer_missing") : undefined,
  };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong.label || wrong.questions || wrong.answer) {
      const form = event.currentTarget as HTMLFormElement;
      requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    setBusy(true);
    setFault(await onSave({ label, questions: lines, answer }));
    setBusy(false);
  };
  return (
    <Dialog title={t("gaps_new_title")} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => void save(event)}>
        <p class="quiet">{t("gaps_new_text", { language: languageName(under) })}</p>
        <Field
          label={t("gaps_new_label")}
          value={label}
          onValue={setLabel}
          maxLength={LABEL_CHARS_MAX}
          hint={t("gaps_new_label_hint")}
          error={tried ? wrong.label : undefined}
        />
        <Area
          label={t("gaps_new_questions")}
          value={questions}
          onValue={setQuestions}
          rows={4}
          hint={t("gaps_new_questions_hint")}
          error={tried ? wrong.questions : undefined}
        />
        <Area
          label={t("gaps_new_answer")}
          value={answer}
          onValue={setAnswer}
          rows={5}
          maxLength={ANSWER_CHARS_MAX}
          hint={t("gaps_new_answer_hint")}
          error={tried ? wrong.answer : undefined}
        />
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

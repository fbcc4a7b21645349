/** Before a bot goes live: what is wrong with it first, how its tests went, and a note for the history. */
import { useState } from "preact/hooks";
import { asRefusal, post } from "../../api";
import { explained } from "../../refusals";
import type { BotProblem, BotReport, SiteId } from "../../shared";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { Spinner } from "../../ui/pieces";
import { t } from "../../words";
import { isError } from "./found";
import { Problems } from "./Problems";
import type { Desk } from "./useDesk";

const NOTE_CHARS_MAX = 200;
const TEST_FAILED = "W18";

interface PublishDialogProps {
  site: SiteId;
  desk: Desk;
  placeOf: (problem: BotProblem) => string;
  onGo: (problem: BotProblem) => void;
  onPublished: (version: number) => void;
  onClose: () => void;
}

export function PublishDialog({ site, desk, placeOf, onGo, onPublished, onClose }: PublishDialogProps) {
  const { view, save } = desk;
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const { report } = view;
  const go = (problem: BotProblem) => {
    onClose();
    onGo(problem);
  };
  const publish = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      const body = { revision: view.revision, note: note.trim() };
      const done = await post<BotReport>(`/sites/${site}/bot/publish`, body);
      if (done.version !== undefined && done.errors === 0) return onPublished(done.version);
      setFault(t("bot_publish_first", { count: done.errors }));
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
    }
    setBusy(false);
  };
  const of = (wanted: (problem: BotProblem) => boolean): BotReport => ({
    ...report,
    problems: report.problems.filter(wanted),
  });
  const isReady = save.type === "saved" && report.errors === 0;
  return (
    <Dialog title={t("bot_publish_title")} onClose={onClose}>
      {save.type === "saving" && <Spinner label={t("bot_saving")} />}
      {save.type === "failed" && <p class="trouble">{t("bot_unsaved", { why: explained(save.refusal) })}</p>}
      {report.errors > 0 && (
        <div class="bot-found">
          <p>
            <strong>{t("bot_publish_first", { count: report.errors })}</strong>
          </p>
          <Problems report={of(isError)} placeOf={placeOf} onGo={go} />
        </div>
      )}
      {report.warnings > 0 && (
        <details class="bot-more" open={report.errors === 0 && report.warnings <= 3}>
          <summary>{t("bot_publish_warned", { count: report.warnings })}</summary>
          <Problems report={of((problem) => !isError(problem))} placeOf={placeOf} onGo={go} />
        </details>
      )}
      <TestsRun desk={desk} />
      {report.errors === 0 && (
        <Field
          label={t("bot_publish_note")}
          hint={t("bot_publish_note_hint")}
          maxLength={NOTE_CHARS_MAX}
          value={note}
          onValue={setNote}
        />
      )}
      <p class="field-error" role="alert">
        {fault}
      </p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {t("cancel")}
        </button>
        <button
          type="button"
          class="button button-primary"
          disabled={busy || !isReady}
          onClick={() => void publish()}
        >
          {t("bot_publish_now", { version: view.published + 1 })}
        </button>
      </div>
    </Dialog>
  );
}

function TestsRun({ desk }: { desk: Desk }) {
  const all = desk.definition?.tests.length ?? 0;
  if (all === 0 || desk.view.report.errors > 0) return null;
  const failed = desk.view.report.problems.filter((problem) => problem.code === TEST_FAILED).length;
  return (
    <p class={failed > 0 ? "bot-warned" : "bot-passed"}>
      {t("bot_tests_passed", { passed: all - failed, count: all })}
    </p>
  );
}

/** The latest import: how far it is, what it did, which lines were refused and how to mend them. */
import { useState } from "preact/hooks";
import { apiAddress, asRefusal, post } from "../api";
import { explained } from "../refusals";
import { format, type ImportReport, type ImportRun, type SiteId } from "../shared";
import { DownloadLink } from "../ui/pieces";
import { toast } from "../ui/toasts";
import { lang, t } from "../words";
import { Ready } from "./area";
import { Faults } from "./Faults";
import {
  dialectWords,
  encodingWords,
  isRunning,
  nameOf,
  secondsLeft,
  separatorWords,
  stateWords,
} from "./imports";
import { isWorded, reasonWords } from "./reasonWords";
import { useLoaded } from "./useLoaded";

interface RunCardProps {
  site: SiteId;
  run: ImportRun;
  onChanged: (run: ImportRun) => void;
}

export function RunCard({ site, run, onChanged }: RunCardProps) {
  const [busy, setBusy] = useState(false);
  const path = `/sites/${site}/catalog/imports/${run.id}`;
  const answer = async (verb: "confirm" | "cancel") => {
    setBusy(true);
    try {
      onChanged(await post<ImportRun>(`${path}/${verb}`));
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
    }
    setBusy(false);
  };
  const asks = run.state.type === "awaits_confirmation";
  return (
    <section class="panel-card" aria-labelledby="import-run">
      <div class="title-row">
        <h2 id="import-run">{nameOf(run)}</h2>
        <StateChip run={run} />
      </div>
      {isRunning(run) && <Progress run={run} />}
      <Why run={run} />
      {run.report && run.report.encoding !== "" && <Report report={run.report} />}
      {run.from === "empty" && run.state.type === "done" && run.report && (
        <p>{t("import_emptied_text", { count: run.report.removed })}</p>
      )}
      {(asks || isRunning(run)) && (
        <div class="button-row">
          {asks && (
            <button
              type="button"
              class="button button-primary"
              disabled={busy}
              onClick={() => void answer("confirm")}
            >
              {t("import_confirm")}
            </button>
          )}
          <button
            type="button"
            class="button button-danger"
            disabled={busy}
            onClick={() => void answer("cancel")}
          >
            {t("import_cancel")}
          </button>
        </div>
      )}
      {run.report && run.report.rejected + run.report.warnings > 0 && !isRunning(run) && (
        <RunFaults site={site} run={run} />
      )}
    </section>
  );
}

/** A guard's question from its figures, a refusal by its reason. */
function Why({ run }: { run: ImportRun }) {
  const { report, state } = run;
  if (state.type === "awaits_confirmation" && report) {
    return (
      <p class="callout">
        {report.removed > 0 && `${t("import_asks_removed", { count: report.removed })} `}
        {report.rejected > 0 &&
          `${t("import_asks_rejected", { count: report.rejected, rows: report.rows })} `}
        {t("import_asks")}
      </p>
    );
  }
  if (!("why" in state)) return null;
  const reasons = report?.reasons ?? [];
  return (
    <p class="trouble">
      {reasons.length > 0 && reasons.every(isWorded) ? reasons.map(reasonWords).join(" ") : state.why}
    </p>
  );
}

function StateChip({ run }: { run: ImportRun }) {
  const looks = {
    queued: "chip",
    reading: "chip chip-accent",
    indexing: "chip chip-accent",
    awaits_confirmation: "chip chip-note",
    done: "chip chip-ok",
    refused: "chip chip-err",
    cancelled: "chip",
  } as const;
  return (
    <span class={looks[run.state.type]} role="status">
      {stateWords(run.state)}
    </span>
  );
}

function Progress({ run }: { run: ImportRun }) {
  const left = secondsLeft(run, Date.now());
  return (
    <div class="run-progress">
      <progress max={run.bytes_total || 1} value={run.bytes_read} aria-label={t("import_progress")} />
      <p class="quiet">
        {t("import_rows", { count: run.rows_read })}
        {run.rows_per_second !== undefined && ` · ${t("import_rate", { count: run.rows_per_second })}`} ·{" "}
        {format.bytes(run.bytes_read, lang.value)} / {format.bytes(run.bytes_total, lang.value)}
        {left !== undefined && ` · ${t("import_left", { time: format.duration(left, lang.value) })}`}
      </p>
    </div>
  );
}

function Report({ report }: { report: ImportReport }) {
  const numbers = [
    [t("import_products"), report.products],
    [t("import_added"), report.added],
    [t("import_changed"), report.changed],
    [t("import_unchanged"), report.unchanged],
    [t("import_removed"), report.removed],
    [t("import_rejected"), report.rejected],
  ] as const;
  return (
    <>
      <dl class="numbers">
        {numbers.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{new Intl.NumberFormat(lang.value).format(count)}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">
        {t("import_read_as", {
          dialect: dialectWords(report.dialect),
          encoding: encodingWords(report.encoding),
          separator: separatorWords(report.separator),
        })}
        {" · "}
        {t("import_took", { time: format.duration(Math.max(1, report.took_ms / 1000), lang.value) })}
      </p>
      {report.remarks.map((remark) => (
        <p key={remark.code} class="quiet">
          {reasonWords(remark)}
        </p>
      ))}
    </>
  );
}

interface RunFaultsProps {
  site: SiteId;
  run: ImportRun;
}

/** The list of imports tells none of their faults: they are asked for with the one import that is shown. */
function RunFaults({ site, run }: RunFaultsProps) {
  const path = `/sites/${site}/catalog/imports/${run.id}`;
  const whole = useLoaded<ImportRun>(path);
  return (
    <>
      <div class="title-row">
        <h3>{t("faults")}</h3>
        <DownloadLink
          href={apiAddress(`${path}/rejected.csv`)}
          name="rejected.csv"
          words={t("faults_download")}
        />
      </div>
      <Ready of={whole}>
        {({ report }) =>
          report && (
            <>
              <Faults faults={report.faults} />
              {report.rejected + report.warnings > report.faults.length && (
                <p class="quiet">{t("faults_first", { count: report.faults.length })}</p>
              )}
            </>
          )
        }
      </Ready>
    </>
  );
}

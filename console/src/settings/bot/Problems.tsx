/** All that the check found, errors first, each with a way to its field or, in the text, to its line. */
import type { BotProblem, BotReport } from "../../shared";
import { Icon, icons } from "../../shared";
import { t } from "../../words";
import { isError } from "./found";
import { problemWords } from "./problemWords";

/** More are counted, not listed: the first ones are mended first. */
const LISTED_MAX = 100;

interface ProblemsProps {
  report: BotReport;
  /** Where a problem is, in words. */
  placeOf: (problem: BotProblem) => string;
  onGo: (problem: BotProblem) => void;
}

export function Problems({ report, placeOf, onGo }: ProblemsProps) {
  const all = [...report.problems.filter(isError), ...report.problems.filter((one) => !isError(one))];
  return (
    <ul class="bot-problems">
      {all.slice(0, LISTED_MAX).map((problem, index) => (
        <li key={`${problem.code}-${problem.pointer}-${index}`} class="problem">
          <button type="button" class="problem-line" onClick={() => onGo(problem)}>
            <span class={isError(problem) ? "chip chip-err" : "chip chip-note"}>{problem.code}</span>
            {placeOf(problem)}
          </button>
          <p>{problemWords(problem)}</p>
        </li>
      ))}
    </ul>
  );
}

export function Sum({ report }: { report: BotReport }) {
  if (report.errors === 0 && report.warnings === 0) {
    return (
      <span class="problems-good">
        <Icon d={icons.check} size={16} />
        {t("bot_good", { count: report.steps })}
      </span>
    );
  }
  return (
    <>
      {report.errors > 0 && <span class="chip chip-err">{t("bot_errors", { count: report.errors })}</span>}
      {report.warnings > 0 && (
        <span class="chip chip-note">{t("bot_warnings", { count: report.warnings })}</span>
      )}
    </>
  );
}

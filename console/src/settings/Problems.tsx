/** What the check found, each with a way to its line. */
import type { BotProblem, BotReport } from "../shared";
import { Icon, icons } from "../shared";
import { t } from "../words";

/** `E…` blocks publishing, `W…` does not. */
export function isError(problem: BotProblem): boolean {
  return problem.code.startsWith("E");
}

interface ProblemsProps {
  report: BotReport | undefined;
  empty: boolean;
  onLine: (line: number) => void;
}

export function Problems({ report, empty, onLine }: ProblemsProps) {
  return (
    <div class="problems">
      <p class="problems-sum" role="status">
        {report ? <Sum report={report} /> : empty ? t("bot_begin") : t("bot_checking")}
      </p>
      <ul>
        {report?.problems.map((problem, index) => (
          <li key={`${problem.code}-${problem.line}-${index}`} class="problem">
            <button type="button" class="problem-line" onClick={() => onLine(problem.line)}>
              <span class={isError(problem) ? "chip chip-err" : "chip chip-note"}>{problem.code}</span>
              {t("bot_line", { line: problem.line })}
            </button>
            <p>{problem.message}</p>
            <p class="quiet cut">{problem.pointer}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Sum({ report }: { report: BotReport }) {
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
      {t("bot_errors", { count: report.errors })} · {t("bot_warnings", { count: report.warnings })}
    </>
  );
}

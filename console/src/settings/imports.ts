/** What the states of an import mean to whoever looks. */
import type { ImportRun, ImportState } from "../shared";
import { t } from "../words";

export function isRunning(run: ImportRun): boolean {
  switch (run.state.type) {
    case "queued":
    case "reading":
    case "indexing":
      return true;
    case "awaits_confirmation":
    case "done":
    case "refused":
    case "cancelled":
      return false;
  }
}

export function stateWords(state: ImportState): string {
  return t(`import_${state.type}`);
}

/** Seconds left at the pace so far; nothing before there is a pace. */
export function secondsLeft(run: ImportRun, now: number): number | undefined {
  const gone = (now - Date.parse(run.started_at)) / 1000;
  if (run.bytes_read <= 0 || gone < 1 || run.bytes_read >= run.bytes_total) return undefined;
  return Math.ceil((gone * (run.bytes_total - run.bytes_read)) / run.bytes_read);
}

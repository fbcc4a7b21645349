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

/** The file's name or the address; where there is neither, what was done. */
export function nameOf(run: ImportRun): string {
  if (run.from === "empty") return t("import_emptied");
  return run.from === "restore" ? t("import_restored") : run.file;
}

/** As the server says, else at the pace so far; nothing before there is a pace. */
export function secondsLeft(run: ImportRun, now: number): number | undefined {
  if (run.seconds_left !== undefined) return run.seconds_left;
  const gone = (now - Date.parse(run.started_at)) / 1000;
  if (run.bytes_read <= 0 || gone < 1 || run.bytes_read >= run.bytes_total) return undefined;
  return Math.ceil((gone * (run.bytes_total - run.bytes_read)) / run.bytes_read);
}

/** The server names what it recognised in English words, where these are not names of their own. */
export function separatorWords(separator: string): string {
  switch (separator) {
    case "comma":
    case "semicolon":
    case "tab":
    case "pipe":
      return t(`separator_${separator}`);
    default:
      return separator;
  }
}

export function dialectWords(dialect: string): string {
  switch (dialect) {
    case "Shopify (older header)":
      return t("dialect_shopify_older");
    case "PrestaShop combinations":
      return t("dialect_combinations");
    case "Google Merchant or Meta":
      return t("dialect_google");
    case "recognised by its column names":
      return t("dialect_own");
    default:
      return dialect;
  }
}

export function encodingWords(encoding: string): string {
  return encoding === "UTF-8 with BOM" ? t("encoding_mark") : encoding;
}

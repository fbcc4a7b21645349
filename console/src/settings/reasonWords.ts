/** Why a whole file was refused, or what was noticed of it, in the reader's language where we have the sentence. */
import type { ImportReason } from "../shared";
import { lang, type SettingsKey, t } from "../words";

const KNOWN = [
  "reason_empty_file",
  "reason_not_a_table",
  "reason_file_too_large",
  "reason_too_many_rows",
  "reason_unknown_columns",
  "reason_tax_rate_missing",
  "reason_tax_unclear",
  "reason_too_many_broken_records",
  "reason_header_changed",
  "reason_unused_columns",
  "reason_no_links",
] as const satisfies readonly SettingsKey[];

export function reasonWords(reason: ImportReason): string {
  const known = KNOWN.find((one) => one === `reason_${reason.code}`);
  if (!known) return reason.message;
  const names = new Intl.ListFormat(lang.value).format(reason.names);
  return t(known, { ...reason.numbers, names, name: reason.names[0] ?? "" });
}

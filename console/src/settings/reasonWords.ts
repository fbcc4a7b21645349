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
  "reason_removes_products",
  "reason_rejects_rows",
  "reason_no_products",
  "reason_no_products_line",
  "reason_no_items",
  "reason_broken_xml",
  "reason_unreadable_header",
  "reason_combinations_alone",
  "reason_too_many_files",
  "reason_unpacks_too_far",
  "reason_damaged_archive",
  "reason_no_such_column",
  "reason_column_mapped_twice",
  "reason_field_mapped_twice",
  "reason_value_mapped_twice",
  "reason_one_value_only",
  "reason_unreadable_mapping",
  "reason_mapping_too_large",
  "reason_unreadable_file",
  "reason_not_kept",
  "reason_cancelled",
  "reason_not_an_address",
  "reason_password_in_address",
  "reason_other_host",
  "reason_private_address",
  "reason_redirect_elsewhere",
  "reason_too_many_redirects",
  "reason_host_not_found",
  "reason_needs_password",
  "reason_nothing_there",
  "reason_status",
  "reason_too_large",
  "reason_too_slow",
  "reason_cut",
  "reason_unreachable",
  "reason_disk",
  "reason_import_running",
  "reason_import_cancelled",
  "reason_import_failed",
] as const satisfies readonly SettingsKey[];

/** We have its sentence: where one is missing, the server's own tells the whole. */
export function isWorded(reason: ImportReason): boolean {
  return KNOWN.some((one) => one === nameOf(reason));
}

function nameOf({ code, numbers }: ImportReason): string {
  // Without a line there was no row to tell of.
  return code === "no_products" && "line" in numbers ? "reason_no_products_line" : `reason_${code}`;
}

export function reasonWords(reason: ImportReason): string {
  const known = KNOWN.find((one) => one === nameOf(reason));
  if (!known) return reason.message;
  const names = new Intl.ListFormat(lang.value).format(reason.names);
  const [name = "", second = ""] = reason.names;
  return t(known, { ...reason.numbers, names, name, second });
}

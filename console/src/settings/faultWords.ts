/** What is wrong with a line, in the reader's language where we have the sentence, else the server's English. */
import type { ImportFault } from "../shared";
import { type SettingsKey, t } from "../words";

/** The server's codes, with their detail where a code has several. */
const KNOWN = [
  "fault_open_quote",
  "fault_field_too_long",
  "fault_record_too_long",
  "fault_too_many_columns",
  "fault_extra_fields",
  "fault_missing_id",
  "fault_missing_title",
  "fault_missing_parent",
  "fault_no_price",
  "fault_code_too_long",
  "fault_repeated_sku",
  "fault_missing_price",
  "fault_unreadable_price",
  "fault_unclear_price",
  "fault_unknown_currency",
  "fault_too_many_variants",
  "fault_unreadable_gtin_exponent",
  "fault_unreadable_gtin_length",
  "fault_unreadable_gtin_check_digit",
  "fault_unreadable_stock",
  "fault_unknown_availability",
  "fault_unreadable_date",
  "fault_unreadable_yes",
  "fault_bad_link",
  "fault_unreadable_sale_price",
  "fault_sale_not_lower",
  "fault_cut",
  "fault_too_many_values",
] as const satisfies readonly SettingsKey[];

export function faultWords(fault: ImportFault): string {
  const name = `fault_${fault.code}${fault.detail ? `_${fault.detail}` : ""}`;
  const known = KNOWN.find((one) => one === name);
  return known ? t(known, fault.numbers) : fault.message;
}

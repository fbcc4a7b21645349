/** A refusal in the reader's language: codes are worded here, exact sentences come from the server. */
import type { Refusal, RefusalCode } from "./shared";
import { lang, t } from "./words";

/** Codes under which the server says more exactly what is wrong than any code could. */
const exact: ReadonlySet<RefusalCode> = new Set(["invalid_value", "malformed"]);

export function explained(refusal: Refusal): string {
  if (lang.value === "en" && exact.has(refusal.code)) return joined(refusal.message, refusal.hint);
  if (refusal.code === "already_taken" && refusal.by)
    return t("already_taken_by", { name: refusal.by.first_name });
  const worded = t(`refusal_${refusal.code}`);
  return exact.has(refusal.code) ? `${worded} (${refusal.message})` : worded;
}

function joined(message: string, hint: string | undefined): string {
  return hint ? `${message} ${hint}` : message;
}

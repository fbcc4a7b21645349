/** What may be done with the page that is shown now: the site's settings, and what stands on it. */
import type { PageRule, ShareSettings } from "../shared/protocol";

/** A page where a payment is made may only be seen. */
const PAYS = '[autocomplete*="cc-" i],iframe[allow*="payment" i]';
const NAMED = /card.?(num|no)|cc.?(num|no)|cvc|cvv|cryptogram|iban|num.*carte/i;

export function pageRule(settings: ShareSettings, path: string, doc: Document): PageRule {
  if (!settings.see || settings.off_paths.some((one) => covers(one, path))) return "off";
  const seeOnly = !settings.control || settings.see_only_paths.some((one) => covers(one, path));
  return seeOnly || paysHere(doc) ? "see_only" : "full";
}

/** A path, or its beginning before a `*`. */
export function covers(pattern: string, path: string): boolean {
  const [start = "", ...rest] = pattern.split("*");
  return rest.length ? path.startsWith(start) : path === start;
}

function paysHere(doc: Document): boolean {
  if (doc.querySelector(PAYS)) return true;
  return [...doc.querySelectorAll("input")].some(
    (field) => field.type !== "hidden" && NAMED.test(`${field.name} ${field.id}`),
  );
}

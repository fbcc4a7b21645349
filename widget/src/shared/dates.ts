/** Days and times as a language writes them, all by `Intl`. Formatters are kept: making one is slow. */
import type { Timestamp } from "./protocol";
import type { SharedKey } from "./shared-words";
import type { Translate } from "./words";

const kept = new Map<string, Intl.DateTimeFormat>();

function date(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  const format = kept.get(key) ?? new Intl.DateTimeFormat(lang, options);
  kept.set(key, format);
  return format;
}

/** `14:05`, or `2:05 PM` where people write so. */
export function time(at: Timestamp, lang: string): string {
  return date(lang, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** The full date and time, for titles and screen readers. */
export function dateTime(at: Timestamp, lang: string): string {
  return date(lang, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

/** `26 Nov`, with the year only when it is another one: for lists that are scanned. */
export function shortDate(at: Timestamp, lang: string, now: Date = new Date()): string {
  const when = new Date(at);
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
  const sameYear = when.getFullYear() === now.getFullYear();
  return date(lang, sameYear ? options : { ...options, year: "numeric" }).format(when);
}

/** `Today`, `Yesterday`, else the day's name and date; the year only when it is another one. */
export function day(at: Timestamp, now: Date, lang: string, t: Translate<SharedKey>): string {
  const when = new Date(at);
  const days = daysBetween(when, now);
  if (days === 0) return t("day_today");
  if (days === 1) return t("day_yesterday");
  const sameYear = when.getFullYear() === now.getFullYear();
  const options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
  return date(lang, sameYear ? options : { ...options, year: "numeric" }).format(when);
}

/** Whole calendar days from one to the other in local time, 0 within one day. */
export function daysBetween(from: Date, to: Date): number {
  const midnight = (moment: Date) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return Math.round((midnight(to).getTime() - midnight(from).getTime()) / 86_400_000);
}

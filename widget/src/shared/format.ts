/**
 * Money, dates, durations and sizes as a language writes them, all by `Intl`.
 *
 * French then has its narrow no-break space in thousands and a no-break space
 * before the euro sign without our help. Formatters are kept: making one is slow.
 */
import type { Money, Timestamp } from "./protocol";
import type { SharedKey } from "./shared-words";
import type { Translate } from "./words";

const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function number(lang: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return keep(`n${lang}${JSON.stringify(options)}`, () => new Intl.NumberFormat(lang, options));
}

function date(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return keep(`d${lang}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(lang, options));
}

function keep<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(
  key: string,
  make: () => Format,
): Format {
  const known = kept.get(key) as Format | undefined;
  if (known) return known;
  const made = make();
  kept.set(key, made);
  return made;
}

/** Minor units of a currency, in words: `249,00 €`. Whole amounts keep their decimals, as price tags do. */
export function money(amount: Money, lang: string): string {
  const value = amount.minor / 10 ** amount.decimals;
  const digits = { minimumFractionDigits: amount.decimals, maximumFractionDigits: amount.decimals };
  try {
    return number(lang, { style: "currency", currency: amount.currency, ...digits }).format(value);
  } catch {
    return `${number(lang, digits).format(value)} ${amount.currency}`;
  }
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

/** A file's size: `214 kB`, `1.4 MB`, with the unit as the language writes it (`214 ko`). */
export function bytes(count: number, lang: string): string {
  const [value, unit] =
    count < 1_000
      ? ([count, "byte"] as const)
      : count < 1_000_000
        ? ([Math.round(count / 1_000), "kilobyte"] as const)
        : ([count / 1_000_000, "megabyte"] as const);
  return number(lang, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(value);
}

/** A wait in its two largest units or less: `45 s`, `3 min`, `2 h 05`-like by `Intl` units. */
export function duration(seconds: number, lang: string): string {
  const whole = Math.max(0, Math.floor(seconds));
  const unit = (value: number, name: "second" | "minute" | "hour" | "day") =>
    number(lang, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  if (whole < 60) return unit(whole, "second");
  if (whole < 3_600) return unit(Math.floor(whole / 60), "minute");
  if (whole < 86_400) {
    const minutes = Math.floor((whole % 3_600) / 60);
    return minutes === 0
      ? unit(Math.floor(whole / 3_600), "hour")
      : `${unit(Math.floor(whole / 3_600), "hour")} ${unit(minutes, "minute")}`;
  }
  return unit(Math.floor(whole / 86_400), "day");
}

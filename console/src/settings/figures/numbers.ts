/** Counts, shares, means and days of the figures as the reader's language writes them. */
import { lang } from "../../words";

export function number(count: number): string {
  return new Intl.NumberFormat(lang.value).format(count);
}

export function share(part: number, whole: number): string {
  const options = { style: "percent", maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(lang.value, options).format(whole === 0 ? 0 : part / whole);
}

export function tenths(mean: number): string {
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(lang.value, options).format(mean);
}

/** A calendar day, which belongs to no time zone: `mar. 3 nov.`; the year where it is another one. */
export function shortDay(day: string, inLang: string, now: Date = new Date()): string {
  return written(day, inLang, {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(day.startsWith(String(now.getFullYear())) ? {} : { year: "numeric" }),
  });
}

/** For under the bars: `3 nov.`. */
export function barDay(day: string, inLang: string): string {
  return written(day, inLang, { day: "numeric", month: "short" });
}

function written(day: string, inLang: string, options: Intl.DateTimeFormatOptions): string {
  const moment = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(moment.getTime())) return day;
  return new Intl.DateTimeFormat(inLang, { ...options, timeZone: "UTC" }).format(moment);
}

/**
 * Opening hours as they are typed: times read generously, ranges written as the server takes them.
 *
 * Pure. Whether ranges overlap or a date exists is the server's to say, beside its field.
 */

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export type Day = (typeof DAYS)[number];

export interface Range {
  from: string;
  to: string;
}

/** Arrow keys move a time by so much. */
const STEP_MINUTES = 15;
const DAY_MINUTES = 24 * 60;

/** `9`, `9h30`, `930`, `9:30` and `09.30` are `09:30` and the like; what is no time stays as it was typed. */
export function timeOf(typed: string): string {
  const text = typed.trim().toLowerCase();
  const parts =
    /^(\d{1,2})(?:\s*(?:h|:|\.|heures?)\s*(\d{2})?)?$/.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text);
  if (!parts) return typed.trim();
  const hours = Number(parts[1]);
  const minutes = Number(parts[2] ?? 0);
  if (hours * 60 + minutes > DAY_MINUTES || minutes > 59) return typed.trim();
  return written(hours * 60 + minutes);
}

/** A time some steps later or earlier, within the day; nothing to move where none is written. */
export function nudged(time: string, steps: number): string {
  const parts = /^(\d{2}):(\d{2})$/.exec(timeOf(time));
  if (!parts) return time;
  const minutes = Number(parts[1]) * 60 + Number(parts[2]);
  const moved = (Math.floor(minutes / STEP_MINUTES) + steps) * STEP_MINUTES;
  return written(Math.min(Math.max(moved, 0), DAY_MINUTES));
}

function written(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function rangeOf(text: string): Range {
  const [from = "", to = ""] = text.split("-", 2);
  return { from: from.trim(), to: to.trim() };
}

export function rangeText({ from, to }: Range): string {
  return `${from}-${to}`;
}

/** What a further range of a day begins as: the morning, or what follows the last one. */
export function nextRange(ranges: readonly string[]): string {
  const last = ranges.at(-1);
  if (last === undefined) return "09:00-18:00";
  const { to } = rangeOf(last);
  const from = nudged(to, 4);
  return rangeText({ from, to: nudged(from, 16) });
}

/** The same hours on other days; a day without any is closed. */
export function copiedTo(
  days: Readonly<Record<string, string[]>>,
  from: Day,
  to: readonly Day[],
): Record<string, string[]> {
  const copy: Record<string, string[]> = { ...days };
  const ranges = days[from] ?? [];
  for (const day of to) {
    if (ranges.length > 0) copy[day] = [...ranges];
    else delete copy[day];
  }
  return copy;
}

/** `05-01` comes every year, `2027-05-14` once. */
export function isYearly(date: string): boolean {
  return /^\d{2}-\d{2}$/.test(date);
}

/** The same date, every year or in this one. */
export function withYear(date: string, yearly: boolean, year: number): string {
  if (yearly) return date.replace(/^\d{4}-/, "");
  return isYearly(date) ? `${year}-${date}` : date;
}

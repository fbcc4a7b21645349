/** A moment at which the shop is open or closed, found in its hours. Pure; local times of the shop. */
import type { BotDefinition, HoursDefinition } from "../../../shared";

const DAYS_AHEAD = 400;
const STEP_MINUTES = 30;
const DAY_MINUTES = 24 * 60;
/** Where a shop is closed, people think of an evening first. */
const EVENING = 22 * 60;
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

export type Want = "open" | "closed";

/** `YYYY-MM-DDTHH:MM`, now where it fits, else the next that does; nothing where there is none. */
export function momentOf(definition: BotDefinition, want: Want, now: Date): string | undefined {
  const { hours } = definition;
  const start = localTime(now, definition.timezone);
  if (!hours) return want === "open" ? start : undefined;
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const day = later(start.slice(0, 10), ahead);
    const first = ahead === 0 ? minutesOf(start.slice(11)) : 0;
    const found = want === "open" ? openOn(hours, day, first) : closedOn(hours, day, first);
    if (found !== undefined) return `${day}T${clock(found)}`;
  }
  return undefined;
}

export function isOpenAt(hours: HoursDefinition, day: string, minute: number): boolean {
  return rangesOn(hours, day).some(([from, to]) => minute >= from && minute < to);
}

/** Within the day's opening hours, from a minute on: a while after they begin, so that nothing is at its edge. */
function openOn(hours: HoursDefinition, day: string, first: number): number | undefined {
  if (isOpenAt(hours, day, first)) return first;
  const range = rangesOn(hours, day).find(([from]) => from >= first);
  return range && Math.min(range[0] + STEP_MINUTES, range[1] - 1);
}

function closedOn(hours: HoursDefinition, day: string, first: number): number | undefined {
  if (first > 0 && !isOpenAt(hours, day, first)) return first;
  const minutes = Array.from({ length: DAY_MINUTES / STEP_MINUTES }, (_, place) => place * STEP_MINUTES);
  return [EVENING, ...minutes].find((minute) => minute >= first && !isOpenAt(hours, day, minute));
}

/** Minutes of the day, in order; a special day replaces all else. */
function rangesOn(hours: HoursDefinition, day: string): [number, number][] {
  const yearly = day.slice(5);
  const special = hours.special[day] ?? hours.special[yearly];
  const closed = hours.closed.includes(day) || hours.closed.includes(yearly);
  const written = special ?? (closed ? [] : (hours.days[weekdayOf(day)] ?? []));
  return written
    .flatMap((range): [number, number][] => {
      const [from, to] = range.split("-").map((part) => minutesOf(part.trim()));
      return from !== undefined && to !== undefined && from < to ? [[from, to]] : [];
    })
    .sort((a, b) => a[0] - b[0]);
}

function weekdayOf(day: string): string {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "sun";
}

/** Not a number where it is no time, which no comparison lets through. */
function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? Number.NaN) * 60 + (minutes ?? Number.NaN);
}

function clock(minute: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function later(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

/** What clocks at the shop show; the browser's own where the time zone is not known. */
export function localTime(moment: Date, timezone: string): string {
  const options = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en", { ...options, timeZone: timezone });
  } catch {
    format = new Intl.DateTimeFormat("en", options);
  }
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** Which days the figures are of: the last so many, or from one to another. Pure; days are `YYYY-MM-DD`. */

export const PERIODS = [7, 30, 90] as const;
/** What the server takes. */
export const DAYS_MAX = 366;

export interface Period {
  from: string;
  to: string;
}

export function dayOf(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The last so many days, today the last of them. */
export function lastDays(count: number, now: Date): Period {
  const first = new Date(now.getFullYear(), now.getMonth(), now.getDate() - count + 1);
  return { from: dayOf(first), to: dayOf(now) };
}

export type PeriodFault = "period_missing" | "period_reversed" | "period_long";

/** What is wrong with a period that was typed; nothing where it can be asked for. */
export function faultOf({ from, to }: Period): PeriodFault | undefined {
  const [first, last] = [numberOf(from), numberOf(to)];
  if (first === undefined || last === undefined) return "period_missing";
  if (last < first) return "period_reversed";
  if (last - first >= DAYS_MAX) return "period_long";
  return undefined;
}

/** A day as a number of days; nothing where it is none. */
export function numberOf(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const moment = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(moment) ? undefined : moment / 86_400_000;
}

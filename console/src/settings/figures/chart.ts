/** The geometry of the chart by day: which bars, how high, which marks beside and under them. Pure. */
import type { BotDay } from "../../shared";

/** More days than this are drawn a week a bar. */
export const BARS_MAX = 62;
const WEEK = 7;
const STEPS_MAX = 5;

/** One bar: a day, or a week from its first day on. */
export interface Bar {
  from: string;
  to: string;
  alone: number;
  /** Conversations that also needed a person or a message. */
  others: number;
}

export function barsOf(days: readonly BotDay[]): Bar[] {
  const size = days.length > BARS_MAX ? WEEK : 1;
  const bars: Bar[] = [];
  // Counted from the end, so that the latest bar is whole.
  for (let end = days.length; end > 0; end -= size) {
    const part = days.slice(Math.max(0, end - size), end);
    const sum = (of: (day: BotDay) => number) => part.reduce((total, day) => total + of(day), 0);
    bars.unshift({
      from: part[0]?.day ?? "",
      to: part.at(-1)?.day ?? "",
      alone: sum((day) => day.bot_alone),
      others: sum((day) => Math.max(0, day.conversations - day.bot_alone)),
    });
  }
  return bars;
}

export function isByWeek(days: readonly BotDay[]): boolean {
  return days.length > BARS_MAX;
}

/** Whole marks from 0 to a round number at or over the highest bar, at most five steps. */
export function marksOf(highest: number): number[] {
  const step = roundStep(Math.max(1, highest) / STEPS_MAX);
  const top = Math.max(step, Math.ceil(highest / step) * step);
  return Array.from({ length: top / step + 1 }, (_, place) => place * step);
}

function roundStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((one) => one * power >= least) ?? 10;
  return step * power;
}

export interface Placed extends Bar {
  x: number;
  width: number;
  /** Upper edges and heights of both parts. */
  aloneY: number;
  aloneHeight: number;
  othersY: number;
  othersHeight: number;
}

/** Bars within a box whose lower left corner is (0, height); some air between them. */
export function placed(bars: readonly Bar[], width: number, height: number): Placed[] {
  const top = marksOf(Math.max(0, ...bars.map((bar) => bar.alone + bar.others))).at(-1) ?? 1;
  const room = width / Math.max(1, bars.length);
  const bar = Math.max(1, Math.min(40, room * 0.72));
  return bars.map((one, place) => {
    const aloneHeight = (one.alone / top) * height;
    const othersHeight = (one.others / top) * height;
    return {
      ...one,
      x: place * room + (room - bar) / 2,
      width: bar,
      aloneY: height - aloneHeight,
      aloneHeight,
      othersY: height - aloneHeight - othersHeight,
      othersHeight,
    };
  });
}

/** Which bars have their day written under them, so that no two of these words touch. */
export function labelled(count: number, width: number, labelWidth: number): ReadonlySet<number> {
  const fit = Math.max(1, Math.floor(width / labelWidth));
  const step = Math.ceil(count / fit);
  const places = new Set<number>();
  for (let place = count - 1; place >= 0; place -= step) places.add(place);
  return places;
}

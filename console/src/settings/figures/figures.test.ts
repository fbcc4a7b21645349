/** Periods, bars and the file of the figures. */
import { expect, test } from "vitest";
import type { BotDay } from "../../shared";
import { barsOf, labelled, marksOf, placed } from "./chart";
import { csvOf, meanOf } from "./csv";
import { faultOf, lastDays } from "./period";

const day = (name: string, parts: Partial<BotDay> = {}): BotDay => ({
  day: name,
  conversations: 0,
  bot_alone: 0,
  handed_off: 0,
  messages_left: 0,
  rated: 0,
  rating_sum: 0,
  ...parts,
});

test("the last days end today, across a month and a change of the clock", () => {
  expect(lastDays(7, new Date(2026, 10, 3, 23, 59))).toEqual({ from: "2026-10-28", to: "2026-11-03" });
  expect(lastDays(1, new Date(2026, 0, 1, 0, 0))).toEqual({ from: "2026-01-01", to: "2026-01-01" });
});

test("a period that the server would refuse is told before it is asked", () => {
  const fault = (from: string, to: string) => faultOf({ from, to });
  expect(fault("2026-01-01", "2026-01-01")).toBeUndefined();
  expect(fault("2025-11-28", "2026-11-28")).toBeUndefined();
  expect(fault("2025-11-27", "2026-11-28")).toBe("period_long");
  expect(fault("2026-01-02", "2026-01-01")).toBe("period_reversed");
  expect(fault("", "2026-01-01")).toBe("period_missing");
  expect(fault("2026-13-01", "2026-14-01")).toBe("period_missing");
});

test("a bar is what the bot did alone and what it did not, and never less than nothing", () => {
  const days = [day("a", { conversations: 5, bot_alone: 3 }), day("b", { conversations: 1, bot_alone: 2 })];
  expect(barsOf(days)).toEqual([
    { from: "a", to: "a", alone: 3, others: 2 },
    { from: "b", to: "b", alone: 2, others: 0 },
  ]);
  expect(barsOf([])).toEqual([]);
});

test("many days are drawn by week, the latest week whole, and no conversation is lost", () => {
  const days = Array.from({ length: 90 }, (_, at) => day(`d${at}`, { conversations: 2, bot_alone: 1 }));
  const bars = barsOf(days);
  expect(bars).toHaveLength(13);
  expect(bars.at(-1)).toEqual({ from: "d83", to: "d89", alone: 7, others: 7 });
  expect(bars.reduce((sum, bar) => sum + bar.alone + bar.others, 0)).toBe(180);
});

test("marks are whole, round, from nothing to at least the highest", () => {
  expect(marksOf(0)).toEqual([0, 1]);
  expect(marksOf(3)).toEqual([0, 1, 2, 3]);
  expect(marksOf(7)).toEqual([0, 2, 4, 6, 8]);
  expect(marksOf(43)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(marksOf(2_000)).toEqual([0, 500, 1_000, 1_500, 2_000]);
  for (let highest = 0; highest < 3_000; highest += 7) {
    const marks = marksOf(highest);
    expect(marks.at(-1)).toBeGreaterThanOrEqual(highest);
    expect(marks.length).toBeLessThanOrEqual(6);
  }
});

test("bars stay within their box, and both parts stand on each other", () => {
  for (const bar of placed([{ from: "a", to: "a", alone: 3, others: 2 }], 300, 100)) {
    expect(bar.x).toBeGreaterThanOrEqual(0);
    expect(bar.x + bar.width).toBeLessThanOrEqual(300);
    expect(bar.othersY).toBeGreaterThanOrEqual(0);
    expect(bar.othersY + bar.othersHeight).toBeCloseTo(bar.aloneY);
    expect(bar.aloneY + bar.aloneHeight).toBeCloseTo(100);
  }
});

test("days under the bars never touch, and the latest is written", () => {
  for (const count of [1, 7, 30, 62]) {
    const places = [...labelled(count, 280, 56)].sort((a, b) => a - b);
    expect(places.at(-1)).toBe(count - 1);
    expect(places.length).toBeLessThanOrEqual(5);
  }
});

test("the file has a line a day, and no mean where nobody rated", () => {
  const days = [
    day("2026-11-01", { conversations: 3, bot_alone: 1, handed_off: 2, rated: 3, rating_sum: 13 }),
    day("2026-11-02"),
  ];
  expect(csvOf(days)).toBe(
    "day,conversations,bot_alone,handed_off,messages_left,rated,rating_mean\r\n" +
      "2026-11-01,3,1,2,0,3,4.33\r\n2026-11-02,0,0,0,0,0,\r\n",
  );
  expect(meanOf(day("x"))).toBeUndefined();
});

/** A conversation's events stay contiguous and each once. */
import { expect, test } from "vitest";
import { EMPTY_LOG, hear, prepend } from "./log";
import type { Event } from "./protocol";

const event = (seq: number): Event => ({ seq, at: "2026-11-26T10:00:00.000Z", body: { type: "withheld" } });
const events = (...seqs: number[]) => seqs.map(event);
const numbers = (list: readonly Event[]) => list.map((one) => one.seq);

test("a log starts anywhere and then stays contiguous", () => {
  const { log } = hear(EMPTY_LOG, events(7, 8, 9));
  expect([log.before, log.last, numbers(log.events)]).toEqual([6, 9, [7, 8, 9]]);
});

test("an event heard twice changes nothing", () => {
  const { log } = hear(EMPTY_LOG, events(1, 2));
  const again = hear(log, events(1, 2));
  expect(again.log).toBe(log);
  expect(again.fresh).toEqual([]);
});

test("a hole asks for a resume and keeps what came before it", () => {
  const { log } = hear(EMPTY_LOG, events(1, 2));
  const heard = hear(log, events(3, 5));
  expect(heard.gap).toBe(true);
  expect(heard.log.last).toBe(3);
  expect(hear(heard.log, events(4, 5)).log.last).toBe(5);
});

test("a resume that overlaps live events adds only what is new", () => {
  const { log } = hear(EMPTY_LOG, events(1, 2, 3));
  expect(numbers(hear(log, events(2, 3, 4, 5)).fresh)).toEqual([4, 5]);
});

test("older pages are put in front only where they touch", () => {
  const { log } = hear(EMPTY_LOG, events(5, 6));
  expect(numbers(prepend(log, events(3, 4)).events)).toEqual([3, 4, 5, 6]);
  expect(prepend(log, events(2, 3))).toBe(log);
});

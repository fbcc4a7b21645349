/** What of an agent's pointing is told for the log. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pointing, RESTS_MS } from "./pointing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const [price, size] = ["price", "size"].map((name) => ({ name }) as unknown as Element) as [Element, Element];

test("what is clicked is told at once, what is passed over never, what the pointer rests on after a second", () => {
  const told: Element[] = [];
  const pointing = new Pointing((element) => told.push(element));
  pointing.at(price, false);
  vi.advanceTimersByTime(RESTS_MS - 1);
  pointing.at(size, false);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(RESTS_MS);
  expect(told).toEqual([size]);
  pointing.at(price, true);
  expect(told).toEqual([size, price]);
});

test("the same thing is told once until the pointer was away", () => {
  const told: Element[] = [];
  const pointing = new Pointing((element) => told.push(element));
  for (const click of [true, true, false]) pointing.at(price, click);
  vi.advanceTimersByTime(RESTS_MS);
  expect(told).toEqual([price]);
  pointing.at(size, false);
  pointing.at(undefined, false);
  vi.advanceTimersByTime(RESTS_MS);
  expect(told).toEqual([price]);
  pointing.at(price, true);
  expect(told).toEqual([price, price]);
});

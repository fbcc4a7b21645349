/** Times as people type them, and a week that is copied. */
import { expect, test } from "vitest";
import { copiedTo, nextRange, nudged, timeOf, withYear } from "./clock";

test.each([
  ["9", "09:00"],
  ["09:30", "09:30"],
  ["9h", "09:00"],
  ["9h30", "09:30"],
  ["9.05", "09:05"],
  ["930", "09:30"],
  ["1830", "18:30"],
  ["24", "24:00"],
  ["24:30", "24:30"],
  ["9:75", "9:75"],
  ["noon", "noon"],
  ["", ""],
])("%s is read as %s", (typed, time) => {
  expect(timeOf(typed)).toBe(time);
});

test("arrows move a time by quarters and stop at the day's ends", () => {
  expect(nudged("09:00", 1)).toBe("09:15");
  expect(nudged("09:10", -1)).toBe("08:45");
  expect(nudged("23:50", 5)).toBe("24:00");
  expect(nudged("00:00", -1)).toBe("00:00");
  expect(nudged("noon", 1)).toBe("noon");
});

test("a further range follows the one before", () => {
  expect(nextRange([])).toBe("09:00-18:00");
  expect(nextRange(["09:00-12:30"])).toBe("13:30-17:30");
});

test("a day's hours are copied, a closed day closes", () => {
  const week = { mon: ["09:00-12:00"], tue: ["10:00-11:00"] };
  expect(copiedTo(week, "mon", ["tue", "wed"])).toEqual({
    mon: ["09:00-12:00"],
    tue: ["09:00-12:00"],
    wed: ["09:00-12:00"],
  });
  expect(copiedTo(week, "sun", ["mon"])).toEqual({ tue: ["10:00-11:00"] });
});

test("a date comes every year or once", () => {
  expect(withYear("2027-05-14", true, 2026)).toBe("05-14");
  expect(withYear("05-14", false, 2026)).toBe("2026-05-14");
  expect(withYear("2027-05-14", false, 2026)).toBe("2027-05-14");
});

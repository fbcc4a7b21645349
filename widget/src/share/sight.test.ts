/** Which presses on a question are a consent. */
import { expect, test } from "vitest";
import { Sight } from "./sight";

const HERE = "100,100";

/** Looked at every 100 ms from `from` to `to`. */
function seen(from: number, to: number, sight = new Sight(), place = HERE): Sight {
  for (let now = from; now <= to; now += 100) sight.look(true, place, now);
  return sight;
}
const by = (timeStamp: number, isTrusted = true) => ({ timeStamp, isTrusted });

test("a trusted press on a question that was in sight for half a second counts", () => {
  expect(seen(0, 600).counts(by(600), by(560))).toBe(true);
  expect(seen(0, 600).counts(by(600), undefined)).toBe(true);
});

test("a script's press never counts", () => {
  const sight = seen(0, 2_000);
  expect(sight.counts(by(2_000, false), undefined)).toBe(false);
  expect(sight.counts(by(2_000), by(1_990, false))).toBe(false);
});

test("a finger that went down before the half second was over is no consent, however late it rises", () => {
  expect(seen(0, 400).counts(by(400), by(390))).toBe(false);
  expect(seen(0, 3_000).counts(by(3_000), by(450))).toBe(false);
  expect(seen(100, 3_000).counts(by(3_000), by(50))).toBe(false);
});

test("a question that was covered begins anew when it can be seen again", () => {
  const sight = seen(0, 1_000);
  sight.look(false, HERE, 1_100);
  expect(sight.counts(by(1_150), undefined)).toBe(false);
  seen(1_200, 1_500, sight);
  expect(sight.counts(by(1_500), undefined)).toBe(false);
  seen(1_600, 1_800, sight);
  expect(sight.counts(by(1_800), by(1_750))).toBe(true);
});

test("a question that is moved under the pointer is not agreed to", () => {
  const sight = seen(0, 1_000);
  sight.look(true, "400,300", 1_100);
  expect(sight.counts(by(1_120), by(1_110))).toBe(false);
});

test("time that nobody looked at is no time in sight", () => {
  const sight = seen(0, 100);
  sight.look(true, HERE, 5_000);
  expect(sight.counts(by(5_010), undefined)).toBe(false);
});

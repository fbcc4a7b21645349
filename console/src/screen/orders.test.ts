/** Orders rise by one, are told when they fail, and never outlive control. */
import { beforeEach, expect, test, vi } from "vitest";
import type { RemoteAction } from "../shared";
import { type Failure, GIVE_UP_MS, Orders, THIN_MS } from "./orders";

const at = { node: 3, fx: 0.5, fy: 0.5 };
const click: RemoteAction = { type: "click", at, button: "left" };
const move = (fx: number): RemoteAction => ({ type: "move", at: { ...at, fx } });

let sent: { n: number; epoch: number; action: RemoteAction }[];
let failures: Failure[];
let up: boolean;
let orders: Orders;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  failures = [];
  up = true;
  orders = new Orders({
    send: (n, epoch, action) => {
      if (up) sent.push({ n, epoch, action });
      return up;
    },
    onFailure: (failure) => failures.push(failure),
    now: () => Date.now(),
  });
});

test("nothing is sent without control", () => {
  orders.give(click);
  orders.hint(move(0));
  vi.runAllTimers();
  expect(sent).toEqual([]);
});

test("numbers only rise, also when the same control comes back after a cut", () => {
  orders.begin(4);
  orders.give(click);
  orders.give(click);
  orders.begin(4);
  orders.give(click);
  orders.end();
  orders.begin(4);
  orders.give(click);
  orders.begin(6);
  orders.give(click);
  expect(sent.map(({ n, epoch }) => [n, epoch])).toEqual([
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 4],
    [5, 6],
  ]);
});

test("of many moves the latest goes, and before the click that follows it", () => {
  orders.begin(1);
  orders.hint(move(0.1));
  orders.hint(move(0.2));
  orders.hint(move(0.3));
  orders.give(click);
  expect(sent.map(({ action }) => action)).toEqual([move(0.1), move(0.3), click]);
});

test("a resting pointer's last move arrives too", () => {
  orders.begin(1);
  orders.hint(move(0.1));
  orders.hint(move(0.2));
  vi.advanceTimersByTime(THIN_MS);
  expect(sent.map(({ action }) => action)).toEqual([move(0.1), move(0.2)]);
});

test("an order without an answer is given up, and a late answer says nothing more", () => {
  orders.begin(1);
  orders.give(click);
  vi.advanceTimersByTime(GIVE_UP_MS);
  expect(failures).toEqual(["unanswered"]);
  orders.heard(1, { type: "refused", why: "covered" });
  expect(failures).toEqual(["unanswered"]);
});

test("a refusal is told once, a move's never", () => {
  orders.begin(1);
  orders.give(click);
  orders.heard(1, { type: "refused", why: "secret" });
  orders.heard(1, { type: "refused", why: "secret" });
  orders.hint(move(0.9));
  orders.heard(2, { type: "refused", why: "covered" });
  vi.advanceTimersByTime(GIVE_UP_MS);
  expect(failures).toEqual(["secret"]);
});

test("with the connection gone the agent hears at once that nothing happened", () => {
  orders.begin(1);
  up = false;
  orders.give(click);
  expect(failures).toEqual(["unanswered"]);
});

test("what was on its way when control ended is told to nobody and sent no more", () => {
  orders.begin(1);
  orders.give(click);
  orders.hint(move(0.1));
  orders.hint(move(0.2));
  orders.end();
  vi.runAllTimers();
  expect(failures).toEqual([]);
  expect(sent.map(({ action }) => action)).toEqual([click, move(0.1)]);
});

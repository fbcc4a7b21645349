/** The gate of a shared page: what runs, and what never does. */
import { expect, test } from "vitest";
import { Gate, type Grant } from "./gate";

const gate = (high = 0, grant?: Grant) => new Gate(high, grant, () => undefined);

test("nothing runs before the visitor gave control", () => {
  expect(gate().lets(1, 1)).toBe("stale");
  expect(gate().lets(0, 1)).toBe("stale");
});

test("an order runs once, under the epoch that was given and no other", () => {
  const one = gate();
  const epoch = one.give("camille");
  expect(one.lets(epoch, 1)).toBe("yes");
  expect(one.lets(epoch, 1)).toBe("again");
  expect(one.lets(epoch, 3)).toBe("yes");
  expect(one.lets(epoch, 2)).toBe("again");
  expect(one.lets(epoch - 1, 4)).toBe("stale");
  expect(one.lets(epoch + 1, 4)).toBe("stale");
});

test("after taking back no order of any epoch runs, and the next grant has a higher one", () => {
  const one = gate();
  const first = one.give("camille");
  expect(one.close()).toBe(first);
  for (let epoch = 0; epoch < 10; epoch++) expect(one.lets(epoch, 1)).toBe("stale");
  const second = one.give("camille");
  expect(second).toBeGreaterThan(first + 1);
  expect(one.lets(first, 9)).toBe("stale");
  expect(one.lets(second, 1)).toBe("yes");
});

test("a new grant is higher than whatever the server has named", () => {
  const one = gate();
  one.close(41);
  expect(one.give("camille")).toBe(42);
});

test("on the next page the gate stays closed until the server has the same grant", () => {
  const kept = { agent: "camille", epoch: 7 };
  const one = gate(7, kept);
  expect(one.lets(7, 1)).toBe("stale");
  expect(one.compare({ agent: "camille", epoch: 7 })).toBe(true);
  expect(one.lets(7, 1)).toBe("yes");
});

test("any difference to the server ends the grant", () => {
  for (const server of [undefined, { agent: "noor", epoch: 7 }, { agent: "camille", epoch: 8 }]) {
    const one = gate(7, { agent: "camille", epoch: 7 });
    expect(one.compare(server)).toBe(false);
    expect(one.grant).toBeUndefined();
    expect(one.lets(7, 1)).toBe("stale");
    expect(one.lets(8, 1)).toBe("stale");
  }
});

test("a server that claims a grant that this page never gave opens nothing", () => {
  const one = gate();
  expect(one.compare({ agent: "camille", epoch: 3 })).toBe(false);
  expect(one.open).toBe(false);
  expect(one.give("noor")).toBeGreaterThan(3);
});

test("while the connection is cut nothing runs, and taking back then is remembered", () => {
  const kept: (Grant | undefined)[] = [];
  const one = new Gate(0, undefined, (_, grant) => kept.push(grant));
  const epoch = one.give("camille");
  one.suspend();
  expect(one.lets(epoch, 1)).toBe("stale");
  one.close();
  expect(kept.at(-1)).toBeUndefined();
  expect(one.compare({ agent: "camille", epoch })).toBe(false);
});

test("ten thousand orders around taking back: none runs after it", () => {
  const one = gate();
  let ran = 0;
  let before = 0;
  for (let round = 0; round < 100; round++) {
    const epoch = one.give("camille");
    const closes = (round * 37) % 100;
    for (let n = 1; n <= 100; n++) {
      if (n === closes) one.close();
      const runs = one.lets(epoch, n) === "yes" || one.lets(epoch + 1, n) === "yes";
      if (runs && closes > 0 && n >= closes) ran += 1;
      else if (runs) before += 1;
    }
    one.close();
  }
  expect(ran).toBe(0);
  // Those given before each end, and all hundred of the round that has none.
  expect(before).toBe(4_951);
});

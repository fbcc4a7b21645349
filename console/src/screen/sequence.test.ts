/** Lost, doubled and disordered frames cost a snapshot, never a wrong picture. */
import { expect, test } from "vitest";
import { ASK_AGAIN_MS, Sequence } from "./sequence";
import { FULL, INCREMENT, type Kind } from "./wire";

type Step = [kind: Kind, doc: number, seq: number, verdict: string];

test.each<[string, Step[]]>([
  ["nothing before a full snapshot", [[INCREMENT, 1, 2, "gap"]]],
  [
    "increments right behind one another",
    [
      [FULL, 1, 1, "show"],
      [INCREMENT, 1, 2, "show"],
      [INCREMENT, 1, 3, "show"],
    ],
  ],
  [
    "a late join begins where the server's last snapshot is",
    [
      [FULL, 4, 90, "show"],
      [INCREMENT, 4, 91, "show"],
    ],
  ],
  [
    "a doubled frame is shown once",
    [
      [FULL, 1, 1, "show"],
      [INCREMENT, 1, 2, "show"],
      [INCREMENT, 1, 2, "old"],
    ],
  ],
  [
    "after a gap nothing is shown before the next snapshot",
    [
      [FULL, 1, 1, "show"],
      [INCREMENT, 1, 3, "gap"],
      [INCREMENT, 1, 4, "gap"],
      [FULL, 1, 5, "show"],
      [INCREMENT, 1, 6, "show"],
    ],
  ],
  [
    "an increment of the next document without its snapshot is a gap",
    [
      [FULL, 1, 1, "show"],
      [INCREMENT, 2, 1, "gap"],
    ],
  ],
  [
    "what comes late of the document before is let go",
    [
      [FULL, 1, 1, "show"],
      [FULL, 2, 1, "show"],
      [INCREMENT, 1, 2, "old"],
      [INCREMENT, 2, 2, "show"],
    ],
  ],
])("%s", (_what, steps) => {
  const sequence = new Sequence();
  expect(steps.map(([kind, doc, seq]) => sequence.judge(kind, doc, seq))).toEqual(
    steps.map(([, , , verdict]) => verdict),
  );
});

test("a snapshot is asked for once, and again when none came", () => {
  const sequence = new Sequence();
  sequence.judge(FULL, 1, 1);
  expect(sequence.asks(0)).toBe(false);
  sequence.judge(INCREMENT, 1, 5);
  expect([sequence.asks(1_000), sequence.asks(2_000), sequence.asks(1_000 + ASK_AGAIN_MS)]).toEqual([
    true,
    false,
    true,
  ]);
  sequence.judge(FULL, 1, 6);
  sequence.lose();
  expect(sequence.asks(1_000 + ASK_AGAIN_MS)).toBe(true);
});

test("a new connection brings its own snapshot: nobody asks for another", () => {
  const sequence = new Sequence();
  sequence.begin(0);
  expect(sequence.asks(ASK_AGAIN_MS - 1)).toBe(false);
  expect(sequence.asks(ASK_AGAIN_MS)).toBe(true);
});

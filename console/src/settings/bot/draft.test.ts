/** A draft is saved in order, once, and what was refused is kept. */
import { expect, test } from "vitest";
import type { BotDraftChange, BotDraftView, Refusal } from "../../shared";
import { Saver, type SaveState } from "./draft";

/** A server that answers when told to, and time that passes when told to. */
function desk(revision = 1) {
  const asked: {
    change: BotDraftChange;
    answer: (draft: BotDraftView) => void;
    refuse: (code: string) => void;
  }[] = [];
  const states: string[] = [];
  const saved: { revision: number; isLatest: boolean }[] = [];
  let due: (() => void) | undefined;
  const saver = new Saver(revision, {
    send: (change) =>
      new Promise((answer, fail) => {
        asked.push({ change, answer, refuse: (code) => fail({ code, message: "" }) });
      }),
    refusalOf: (failure) => failure as Refusal,
    onState: (state: SaveState) => states.push(state.type),
    onSaved: (draft, _, isLatest) => saved.push({ revision: draft.revision, isLatest }),
    later: (run) => {
      due = run;
      return run;
    },
    never: () => {
      due = undefined;
    },
  });
  const draft = (at: number): BotDraftView => ({
    revision: at,
    toml: "",
    report: { problems: [], steps: 0, errors: 0, warnings: 0 },
    published: 0,
    changed: true,
  });
  const settle = () => new Promise((done) => setTimeout(done, 0));
  return {
    saver,
    asked,
    states,
    saved,
    wait: () => {
      const run = due;
      due = undefined;
      run?.();
    },
    isDue: () => due !== undefined,
    answers: async (place: number, at: number) => {
      asked[place]?.answer(draft(at));
      await settle();
    },
    refuses: async (place: number, code: string) => {
      asked[place]?.refuse(code);
      await settle();
    },
  };
}

test("three quick changes are one request, with the last of them", async () => {
  const { saver, asked, wait, answers, states } = desk(4);
  for (const toml of ["a", "ab", "abc"]) saver.change({ toml });
  expect(asked).toEqual([]);
  wait();
  expect(asked.map((one) => one.change)).toEqual([{ toml: "abc", revision: 4 }]);
  await answers(0, 5);
  expect(saver.isDirty).toBe(false);
  expect(states.at(-1)).toBe("saved");
});

test("what is changed while a save is on its way follows it, under the new revision", async () => {
  const { saver, asked, wait, answers, saved } = desk(1);
  saver.change({ toml: "a" });
  wait();
  saver.change({ toml: "b" });
  await answers(0, 2);
  expect(asked.map((one) => one.change)).toEqual([
    { toml: "a", revision: 1 },
    { toml: "b", revision: 2 },
  ]);
  await answers(1, 3);
  expect(saved).toEqual([
    { revision: 2, isLatest: false },
    { revision: 3, isLatest: true },
  ]);
});

test("without an answer nothing is lost: the same content is sent again", async () => {
  const { saver, asked, wait, answers, refuses, states, isDue } = desk(1);
  saver.change({ toml: "a" });
  wait();
  await refuses(0, "try_later");
  expect(states.at(-1)).toBe("failed");
  expect(saver.isStuck).toBe(true);
  expect(isDue()).toBe(true);
  wait();
  expect(asked[1]?.change).toEqual({ toml: "a", revision: 1 });
  await answers(1, 2);
  expect(saver.isDirty).toBe(false);
});

test("what the server will never take is not sent again until it is changed", async () => {
  const { saver, wait, refuses, isDue } = desk(1);
  saver.change({ toml: "a" });
  wait();
  await refuses(0, "invalid_value");
  expect(isDue()).toBe(false);
  expect(saver.isDirty).toBe(true);
});

test("over somebody else's newer draft nothing is sent until a person has chosen", async () => {
  const { saver, asked, wait, answers, refuses, states, isDue } = desk(1);
  saver.change({ toml: "mine" });
  wait();
  await refuses(0, "stale_version");
  expect(states.at(-1)).toBe("stale");
  saver.change({ toml: "mine, too" });
  expect(isDue()).toBe(false);
  await saver.flush();
  expect(asked.length).toBe(1);
  const kept = saver.overwrite(7);
  expect(asked[1]?.change).toEqual({ toml: "mine, too", revision: 7 });
  await answers(1, 8);
  expect(await kept).toEqual({ type: "saved" });
});

test("leaving sends at once what waits, and is done after the last answer", async () => {
  const { saver, asked, wait, answers } = desk(1);
  saver.change({ toml: "a" });
  wait();
  saver.change({ toml: "b" });
  let done = false;
  const flushed = saver.flush().then(() => {
    done = true;
  });
  await answers(0, 2);
  expect(done).toBe(false);
  await answers(1, 3);
  await flushed;
  expect(asked.length).toBe(2);
});

test("theirs is taken: what waited here is given up", async () => {
  const { saver, wait, refuses, states } = desk(1);
  saver.change({ toml: "mine" });
  wait();
  await refuses(0, "stale_version");
  saver.accept(9);
  expect(saver.isDirty).toBe(false);
  expect(states.at(-1)).toBe("saved");
  expect(saver.savedRevision).toBe(9);
});

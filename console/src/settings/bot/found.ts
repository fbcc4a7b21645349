/**
 * What the check found, by place: beside a field, counted by tab, and where a jump leads.
 *
 * Pure. The server's pointers name places in the definition; each tab owns some of its beginnings.
 */
import type { BotProblem } from "../../shared";
import { isWithin, keysOf } from "./pointer";

export const TABS = ["steps", "faq", "fields", "hours", "messages", "tests", "toml"] as const;

export type Tab = (typeof TABS)[number];

const OWNERS: Readonly<Record<string, Tab>> = {
  name: "steps",
  notice: "steps",
  start: "steps",
  form: "steps",
  steps: "steps",
  languages: "steps",
  faq: "faq",
  fields: "fields",
  hours: "hours",
  timezone: "hours",
  handoff: "messages",
  leave_message: "messages",
  close: "messages",
  understanding: "messages",
  products: "messages",
  tests: "tests",
};

/** `E…` blocks publishing, `W…` does not. */
export function isError(problem: BotProblem): boolean {
  return problem.code.startsWith("E");
}

/** Where its field is; what names no place of ours is a matter of the text. */
export function tabOf(problem: Pick<BotProblem, "pointer">): Tab {
  return OWNERS[keysOf(problem.pointer)[0] ?? ""] ?? "toml";
}

export interface Counts {
  errors: number;
  warnings: number;
}

export function countedBy<Key>(
  problems: readonly BotProblem[],
  key: (problem: BotProblem) => Key,
): Map<Key, Counts> {
  const counts = new Map<Key, Counts>();
  for (const problem of problems) {
    const of = key(problem);
    const { errors, warnings } = counts.get(of) ?? { errors: 0, warnings: 0 };
    counts.set(of, isError(problem) ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 });
  }
  return counts;
}

/** The card that a problem lies in: `/steps/2`, `/faq/14`. */
export function cardOf(problem: Pick<BotProblem, "pointer">): string {
  return `/${keysOf(problem.pointer).slice(0, 2).join("/")}`;
}

/** What is said at a place: everything within it, errors first. */
export function within(problems: readonly BotProblem[], pointer: string): BotProblem[] {
  const here = problems.filter((problem) => isWithin(problem.pointer, pointer));
  return [...here.filter(isError), ...here.filter((problem) => !isError(problem))];
}

/** The language that a problem's pointer names, when its last or last but one part is one. */
export function languageOf(problem: Pick<BotProblem, "pointer">, languages: readonly string[]) {
  return keysOf(problem.pointer)
    .slice(-2)
    .find((key) => languages.includes(key));
}

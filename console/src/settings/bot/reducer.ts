/**
 * A definition being edited: every change as data, with undo and redo.
 *
 * Pure. A run of letters in one field is one step back, as people expect. Saving what comes of it is
 * draft.ts, and what a change means for places that named something is references.ts.
 */
import type { BotDefinition } from "../../shared";
import { read, relisted, written } from "./pointer";
import { type Named, renamed } from "./references";

/** Steps back that are kept. */
export const PAST_MAX = 200;

export type Edit =
  /** Writes one place; `undefined` empties it. */
  | { type: "set"; at: string; value: unknown }
  /** `at` names a list. */
  | { type: "insert"; at: string; place: number; value: unknown }
  | { type: "remove"; at: string; place: number }
  | { type: "move"; at: string; from: number; to: number }
  /** Whatever named it by the old id names it by the new one. */
  | { type: "rename"; what: Named; from: string; to: string }
  | { type: "replace"; definition: BotDefinition };

export interface History {
  past: readonly BotDefinition[];
  now: BotDefinition;
  future: readonly BotDefinition[];
  /** The place that is being typed in: its next letter is the same step. */
  typing?: string | undefined;
}

export type Act =
  | { type: "edit"; edits: readonly Edit[] }
  | { type: "undo" }
  | { type: "redo" }
  /** What was read anew: nothing leads back from it. */
  | { type: "load"; definition: BotDefinition };

export function begun(definition: BotDefinition): History {
  return { past: [], now: definition, future: [] };
}

export function apply(history: History, act: Act): History {
  switch (act.type) {
    case "edit":
      return edited(history, act.edits);
    case "undo": {
      const before = history.past.at(-1);
      if (!before) return history;
      return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future] };
    }
    case "redo": {
      const [after, ...future] = history.future;
      if (!after) return history;
      return { past: [...history.past, history.now], now: after, future };
    }
    case "load":
      return begun(act.definition);
  }
}

function edited(history: History, edits: readonly Edit[]): History {
  const now = edits.reduce(changed, history.now);
  if (now === history.now) return history;
  const typing = typedAt(edits);
  if (typing !== undefined && typing === history.typing) return { ...history, now, future: [] };
  return { past: [...history.past, history.now].slice(-PAST_MAX), now, future: [], typing };
}

/** One text written is typing; anything else stands alone. */
function typedAt(edits: readonly Edit[]): string | undefined {
  const [only, ...more] = edits;
  if (only?.type !== "set" || more.length > 0) return undefined;
  return typeof only.value === "string" || only.value === undefined ? only.at : undefined;
}

export function changed(definition: BotDefinition, edit: Edit): BotDefinition {
  switch (edit.type) {
    case "set":
      if (read(definition, edit.at) === edit.value) return definition;
      return written(definition, edit.at, edit.value);
    case "insert":
      return relisted(definition, edit.at, (list) => {
        const place = Math.min(Math.max(edit.place, 0), list.length);
        return [...list.slice(0, place), edit.value, ...list.slice(place)];
      });
    case "remove":
      return relisted(definition, edit.at, (list) => list.filter((_, place) => place !== edit.place));
    case "move":
      return moved(definition, edit);
    case "rename":
      return renamed(definition, edit.what, edit.from, edit.to);
    case "replace":
      return edit.definition;
  }
}

function moved(definition: BotDefinition, { at, from, to }: Extract<Edit, { type: "move" }>): BotDefinition {
  const list = read(definition, at);
  if (!Array.isArray(list) || from === to || !(from in list) || !(to in list)) return definition;
  return relisted(definition, at, (all) => {
    const rest = all.filter((_, place) => place !== from);
    return [...rest.slice(0, to), all[from], ...rest.slice(to)];
  });
}

/**
 * A conversation's events as one browser has them: contiguous, each once, by number.
 *
 * Pure. Frames may repeat and overlap (a resume crosses a live event); a number
 * that skips means that something was missed, and `gap` asks for a resume.
 */
import type { Event } from "./protocol";

export interface Log {
  /** The number before the first one held: 0 = held from the start. Older ones come by HTTP. */
  before: number;
  /** Contiguous, `before + 1` … `last`. */
  events: readonly Event[];
  /** The last contiguous number; what a resume names. */
  last: number;
}

export const EMPTY_LOG: Log = { before: 0, events: [], last: 0 };

export interface Heard {
  log: Log;
  /** The events that are new, in order. */
  fresh: readonly Event[];
  /** Something between was missed: resume from `log.last`. */
  gap: boolean;
}

/** Takes events as they come. The first ones of an empty log may start anywhere. */
export function hear(log: Log, incoming: readonly Event[]): Heard {
  const fresh: Event[] = [];
  let { before, last } = log;
  const empty = log.events.length === 0 && last === 0;
  for (const event of incoming) {
    if (empty && fresh.length === 0) {
      before = event.seq - 1;
      last = before;
    }
    if (event.seq <= last) continue;
    if (event.seq !== last + 1) return { log: joined(log, before, fresh, last), fresh, gap: true };
    fresh.push(event);
    last = event.seq;
  }
  return { log: joined(log, before, fresh, last), fresh, gap: false };
}

/** Puts an older page (oldest first) in front; pages that do not touch are refused by changing nothing. */
export function prepend(log: Log, older: readonly Event[]): Log {
  const fitting = older.filter((event) => event.seq <= log.before);
  const first = fitting[0];
  const last = fitting[fitting.length - 1];
  if (!first || last?.seq !== log.before) return log;
  return { before: first.seq - 1, events: [...fitting, ...log.events], last: log.last };
}

function joined(log: Log, before: number, fresh: readonly Event[], last: number): Log {
  return fresh.length === 0 ? log : { before, events: [...log.events, ...fresh], last };
}

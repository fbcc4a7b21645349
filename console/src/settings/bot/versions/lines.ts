/** A comparison's lines as they are drawn: turned round, numbered, long unchanged runs folded. Pure. */
import type { BotLine, LineChange } from "../../../shared";

/** Unchanged lines kept around a change. */
const AROUND = 3;

export interface Numbered extends BotLine {
  /** In the older and in the newer text; nothing where the line is not in it. */
  before?: number;
  after?: number;
}

export type Part = { type: "lines"; lines: Numbered[] } | { type: "same"; lines: Numbered[] };

const opposite: Record<LineChange, LineChange> = { same: "same", added: "removed", removed: "added" };

/** The same comparison seen from the other side; what is gone still stands before what came. */
export function turned(lines: readonly BotLine[]): BotLine[] {
  const out: BotLine[] = [];
  let added: BotLine[] = [];
  for (const { change, text } of lines) {
    const line = { change: opposite[change], text };
    if (line.change === "added") {
      added.push(line);
      continue;
    }
    // A run of changes may go on with more that is gone.
    if (line.change === "same") {
      out.push(...added);
      added = [];
    }
    out.push(line);
  }
  return [...out, ...added];
}

export function numbered(lines: readonly BotLine[]): Numbered[] {
  let before = 0;
  let after = 0;
  return lines.map((line) => {
    if (line.change !== "added") before += 1;
    if (line.change !== "removed") after += 1;
    return {
      ...line,
      ...(line.change === "added" ? {} : { before }),
      ...(line.change === "removed" ? {} : { after }),
    };
  });
}

/** Runs of unchanged lines become one part, but for the lines nearest to a change. */
export function folded(lines: readonly Numbered[]): Part[] {
  const near = nearChanges(lines);
  const parts: Part[] = [];
  for (const [place, line] of lines.entries()) {
    const type = near.has(place) ? "lines" : "same";
    const last = parts.at(-1);
    if (last?.type === type) last.lines.push(line);
    else parts.push({ type, lines: [line] });
  }
  // One line folded takes as much room as the line.
  return merged(
    parts.map((part) =>
      part.type === "same" && part.lines.length === 1 ? { ...part, type: "lines" } : part,
    ),
  );
}

function nearChanges(lines: readonly Numbered[]): ReadonlySet<number> {
  const near = new Set<number>();
  for (const [place, line] of lines.entries()) {
    if (line.change === "same") continue;
    for (let at = place - AROUND; at <= place + AROUND; at++) near.add(at);
  }
  return near;
}

function merged(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last?.type === part.type) last.lines.push(...part.lines);
    else out.push({ type: part.type, lines: [...part.lines] });
  }
  return out;
}

export function countsOf(lines: readonly BotLine[]): { added: number; removed: number } {
  const count = (change: LineChange) => lines.filter((line) => line.change === change).length;
  return { added: count("added"), removed: count("removed") };
}

/** The visitor's conversations before this one, unfolded on demand above it. */
import { useState } from "preact/hooks";
import { eventsBefore } from "../lists";
import { type ConversationRow, EMPTY_LOG, format, hear, Icon, icons } from "../shared";
import { self } from "../state/store";
import { linesOf } from "../state/transcript";
import { emptyRoom, type Room } from "../state/view";
import { Spinner, Trouble } from "../ui/pieces";
import { lang, t } from "../words";
import { Line } from "./Line";

export function Earlier({ rows }: { rows: readonly ConversationRow[] }) {
  if (rows.length === 0) return null;
  return (
    <div class="earlier">
      {[...rows].reverse().map((row) => (
        <EarlierOne key={row.id} row={row} />
      ))}
    </div>
  );
}

function EarlierOne({ row }: { row: ConversationRow }) {
  const [state, setState] = useState<"folded" | "loading" | "failed" | Room>("folded");
  const unfold = async () => {
    setState("loading");
    try {
      const { events } = await eventsBefore(row.id, row.head + 1);
      const { log } = hear(EMPTY_LOG, events);
      setState({ ...emptyRoom(row.id), log });
    } catch {
      setState("failed");
    }
  };
  const open = typeof state === "object";
  const date = format.shortDate(row.started_at, lang.value);
  return (
    <section class="earlier-one">
      <button
        type="button"
        class="earlier-fold"
        aria-expanded={open}
        onClick={() => (open ? setState("folded") : void unfold())}
      >
        <Icon d={open ? icons.chevronUp : icons.chevronDown} size={16} />
        {t("earlier_of", { date })}
      </button>
      {state === "loading" && <Spinner label={t("loading")} />}
      {state === "failed" && <Trouble text={t("older_failed")} onRetry={() => void unfold()} />}
      {open && (
        <ol class="lines">
          {linesOf(state, self.value).map((line) => (
            <Line key={line.key} line={line} row={row} />
          ))}
        </ol>
      )}
    </section>
  );
}

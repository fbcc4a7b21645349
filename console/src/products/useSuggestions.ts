/** Asks for suggestions whenever the visitor said something or went elsewhere, and when the agent took over. */
import { useEffect, useReducer, useRef } from "preact/hooks";
import { asRefusal, get } from "../api";
import type { Constraint, ConversationId, ConversationRow, Suggestions } from "../shared";
import { saidByVisitor } from "../state/room";
import type { Room } from "../state/view";
import { wasCancelled } from "../upload";
import { noSuggesting, type Suggesting, type SuggestingInput, step } from "./suggesting";

/** A page's address, product and cart come one after the other: they are asked about once. */
const GATHER_MS = 300;
const AGAIN_MS = 2_000;

export function useSuggestions(
  room: Room,
  row: ConversationRow,
  mine: boolean,
  wanted: boolean,
): [Suggesting, (input: SuggestingInput) => void] {
  const [now, put] = useReducer(step, noSuggesting);
  const said = room.log.events.findLast((event) => saidByVisitor(event.body))?.seq ?? 0;
  const page = room.details?.visits.at(-1)?.id;
  const first = useRef(true);

  useEffect(() => {
    if (!wanted || !room.caughtUp) return;
    const gather = setTimeout(() => put({ type: "moved", said }), first.current ? 0 : GATHER_MS);
    first.current = false;
    return () => clearTimeout(gather);
  }, [said, page, room.onPage, mine, wanted, room.caughtUp]);

  useEffect(() => {
    const { turn } = now;
    if (turn === 0) return;
    const abort = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    get<Suggestions>(suggestionsPath(row.id, now.leftOut), abort.signal).then(
      (suggestions) => put({ type: "answered", turn, suggestions }),
      (failure) => {
        if (wasCancelled(failure) || abort.signal.aborted) return;
        const later = asRefusal(failure).code === "try_later";
        put({ type: "failed", turn, later });
        if (later) again = setTimeout(() => put({ type: "again" }), AGAIN_MS);
      },
    );
    return () => {
      clearTimeout(again);
      abort.abort();
    };
  }, [now.turn]);
  return [now, put];
}

function suggestionsPath(id: ConversationId, leftOut: readonly Constraint[]): string {
  const asked = new URLSearchParams(leftOut.map((one) => ["without", one.said]));
  const query = asked.toString();
  return `/conversations/${id}/suggestions${query === "" ? "" : `?${query}`}`;
}

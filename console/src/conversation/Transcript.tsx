/**
 * Everything that was said, oldest first, and how it scrolls.
 *
 * At the end it stays at the end; elsewhere it stays where it is and offers a way down. Older events
 * come in above without moving what is read. A new message never takes the focus.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { loadOlder } from "../lists";
import { rowName } from "../names";
import { type ConversationRow, Icon, icons } from "../shared";
import { self } from "../state/store";
import { linesOf } from "../state/transcript";
import type { Room } from "../state/view";
import { attentive } from "../ui/clock";
import { Spinner, Trouble } from "../ui/pieces";
import { t } from "../words";
import { Earlier } from "./Earlier";
import { Line } from "./Line";
import { Uploads } from "./Uploads";

/** Closer to the end than this counts as reading the end. */
const AT_END_PX = 60;
/** Older events are asked for before the reader reaches the top. */
const NEAR_TOP_PX = 300;

interface TranscriptProps {
  room: Room;
  row: ConversationRow;
  onSeen: () => void;
}

export function Transcript({ room, row, onSeen }: TranscriptProps) {
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const lines = useMemo(() => linesOf(room, self.value), [room, self.value]);
  const wholeStart = room.log.before === 0 && room.log.events.length > 0;
  useScroll(box, room, lines.length, atEnd);

  const seen = attentive.value && atEnd;
  useEffect(() => {
    if (seen && room.log.last > 0) onSeen();
  }, [seen, room.log.last, row.stage, row.in_charge?.id]);

  const look = () => {
    const element = box.current;
    if (!element) return;
    setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX);
    if (element.scrollTop < NEAR_TOP_PX && room.log.before > 0 && room.older === "unasked")
      void loadOlder(room.id);
  };
  // A first page that does not fill the screen cannot be scrolled for more.
  useEffect(look, [room.log.events.length, room.older]);

  return (
    <div class="transcript-frame" data-region>
      <div
        ref={box}
        class="transcript"
        role="log"
        aria-live="off"
        aria-label={t("transcript_of", { name: rowName(row) })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        tabIndex={0}
        data-first
        onScroll={look}
      >
        {room.older === "failed" && (
          <Trouble text={t("older_failed")} onRetry={() => void loadOlder(room.id)} />
        )}
        {(room.older === "loading" || room.log.events.length === 0) && <Spinner label={t("loading")} />}
        {wholeStart && <Earlier rows={room.details?.earlier ?? []} />}
        <ol class="lines">
          {lines.map((line) => (
            <Line key={line.key} line={line} row={row} />
          ))}
          <Uploads conversation={room.id} />
        </ol>
        {room.typing && <Typing name={rowName(row)} />}
      </div>
      {!atEnd && (
        <button
          type="button"
          class="button to-end"
          onClick={() => box.current?.scrollTo({ top: box.current.scrollHeight, behavior: "smooth" })}
        >
          <Icon d={icons.arrowDown} size={16} />
          {row.unread > 0 ? t("new_below", { count: row.unread }) : t("to_end")}
        </button>
      )}
    </div>
  );
}

function useScroll(box: { current: HTMLDivElement | null }, room: Room, count: number, atEnd: boolean): void {
  const before = useRef({ oldest: 0, height: 0, top: 0 });
  const begun = useRef(false);
  const oldest = room.log.before;
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || room.log.events.length === 0) return;
    if (!begun.current) {
      begun.current = true;
      const fresh = element.querySelector<HTMLElement>(".line-new");
      element.scrollTop = fresh ? fresh.offsetTop - element.clientHeight / 3 : element.scrollHeight;
    } else if (oldest < before.current.oldest) {
      element.scrollTop += element.scrollHeight - before.current.height;
    } else if (atEnd) {
      element.scrollTop = element.scrollHeight;
    }
    before.current = { oldest, height: element.scrollHeight, top: element.scrollTop };
  }, [oldest, count, room.typing, room.log.last, room.log.events.length > 0]);
  // Pictures that arrive late and a composer that grows must not push the end out of sight.
  useEffect(() => {
    const element = box.current;
    const inner = element?.querySelector(".lines");
    if (!element || !inner) return;
    const keep = () => {
      if (atEnd) element.scrollTop = element.scrollHeight;
      before.current.height = element.scrollHeight;
    };
    const observer = new ResizeObserver(keep);
    observer.observe(inner);
    observer.observe(element);
    return () => observer.disconnect();
  }, [atEnd]);
}

function Typing({ name }: { name: string }) {
  return (
    <p class="typing">
      <span class="dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <span>{t("visitor_types", { name })}</span>
    </p>
  );
}

/**
 * A list of rows of one height, of which only those in view are drawn.
 *
 * Keys move a focus and open nothing; Enter or a click opens. The focus is kept by conversation,
 * not by place, so that a row that moves takes it along.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Tab } from "../router";
import type { ConversationId, ConversationRow } from "../shared";
import { t } from "../words";
import { Row } from "./Row";

/** Also in inbox.css. */
const ROW_PX = 76;
/** Rows drawn beyond both edges, so that scrolling shows no gap. */
const SPARE = 6;

interface RowListProps {
  rows: readonly ConversationRow[];
  tab: Tab;
  open: ConversationId | undefined;
  /** There is a next page: asked for before its place comes into view. */
  onEnd: (() => void) | undefined;
}

export function RowList({ rows, tab, open, onEnd }: RowListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [window, setWindow] = useState({ top: 0, height: 800 });
  const [focused, setFocused] = useState<ConversationId>();
  const wantsFocus = useRef(false);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setWindow({ top: element.scrollTop, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const from = Math.max(0, Math.floor(window.top / ROW_PX) - SPARE);
  const to = Math.min(rows.length, Math.ceil((window.top + window.height) / ROW_PX) + SPARE);

  useEffect(() => {
    if (onEnd && to >= rows.length - SPARE) onEnd();
  }, [to, rows.length, onEnd !== undefined]);

  const current = rows.findIndex((row) => row.id === focused);
  const stop =
    current >= 0
      ? current
      : Math.max(
          0,
          rows.findIndex((row) => row.id === open),
        );

  /** Keys may come faster than they are drawn. */
  const at = useRef(stop);
  at.current = stop;

  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-place="${stop}"]`)?.focus();
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(window.height / ROW_PX) - 1);
    const place = target(at.current, rows.length, page, event);
    const row = place === undefined ? undefined : rows[place];
    if (place === undefined || !row) return;
    event.preventDefault();
    at.current = place;
    reveal(scroller.current, place);
    wantsFocus.current = true;
    setFocused(row.id);
  };

  return (
    <div
      class="rows"
      ref={scroller}
      onScroll={(event) =>
        setWindow({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
      onKeyDown={onKeyDown}
    >
      <ul class="rows-all" aria-label={t(`tab_${tab}`)} style={{ blockSize: `${rows.length * ROW_PX}px` }}>
        {rows.slice(from, to).map((row, index) => (
          <Row
            key={row.id}
            row={row}
            tab={tab}
            place={from + index}
            count={rows.length}
            top={(from + index) * ROW_PX}
            open={row.id === open}
            stop={from + index === stop}
            onFocus={() => setFocused(row.id)}
          />
        ))}
      </ul>
    </div>
  );
}

function target(at: number, count: number, page: number, event: KeyboardEvent): number | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const within = (place: number) => Math.min(count - 1, Math.max(0, place));
  switch (event.key) {
    case "ArrowDown":
      return within(at + 1);
    case "ArrowUp":
      return within(at - 1);
    case "PageDown":
      return within(at + page);
    case "PageUp":
      return within(at - page);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

function reveal(element: HTMLElement | null, place: number): void {
  if (!element) return;
  const top = place * ROW_PX;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + ROW_PX > element.scrollTop + element.clientHeight) {
    element.scrollTop = top + ROW_PX - element.clientHeight;
  }
}

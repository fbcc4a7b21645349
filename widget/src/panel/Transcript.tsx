/**
 * The messages, oldest first. It stays at its end while the visitor is there
 * and stays where it is while they read above; a button leads back down.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import { arrowDown } from "../shared/icons-first";
import { useAround } from "./around";
import { Choices } from "./Choices";
import { EarlierConversation, Form, Rating, TypingDots, UploadList } from "./parts";
import { Rows } from "./Rows";
import { leftMessage, presentRows, turnInPlay } from "./transcript";

/** So near the end counts as at the end, in px. */
const AT_END = 48;

export function Transcript() {
  const { chat, t } = useAround();
  const { view } = chat;
  const opened = useRef(new Date().toISOString()).current;
  const rows = presentRows(view, opened);
  const play = turnInPlay(view);
  const scroll = useScroll(
    `${view.log.last} ${rows.length} ${chat.uploads.length} ${view.typing} ${play?.seq}`,
  );
  return (
    <div class="talk">
      <section
        class="scroll"
        ref={scroll.box}
        onScroll={scroll.moved}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t("log_label")}
      >
        <div class="stack" ref={scroll.stack}>
          {view.earlier.map((one) => (
            <EarlierConversation key={one.id} earlier={one} />
          ))}
          {view.log.before > 0 && (
            <button
              type="button"
              class="link older"
              onClick={() => scroll.keeping(chat.reach().then((reach) => reach.older()))}
            >
              {t("older")}
            </button>
          )}
          <Rows rows={rows} live />
          {play?.turn.form && <Form key={play.seq} fields={play.turn.form} turn={play.seq} />}
          {play && <Choices turn={play.turn} seq={play.seq} />}
          {view.head?.stage === "closed" && <Rated />}
          {chat.uploads.length > 0 && <UploadList />}
          <Place />
          {view.typing && <TypingDots />}
        </div>
      </section>
      {scroll.away && (
        <button type="button" class="latest" aria-label={t("latest")} onClick={scroll.toEnd}>
          <Icon d={arrowDown} />
        </button>
      )}
    </div>
  );
}

/** Asked once; what was said stays. */
function Rated() {
  const { head, log } = useAround().chat.view;
  const rated = log.events.some((event) => event.body.type === "conversation_rated");
  return head && (head.rating || rated) ? <Rating key={head.id} head={head} rated={rated} /> : null;
}

function Place() {
  const { chat, t } = useAround();
  const { head, log, place, reachable } = chat.view;
  if (head?.stage !== "waiting" || leftMessage(log.events)) return null;
  if (!reachable) return <p class="place">{t("place_nobody")}</p>;
  if (!place) return null;
  return <p class="place">{t("place", { count: place })}</p>;
}

function useScroll(content: string) {
  const { chat } = useAround();
  const box = useRef<HTMLElement>(null);
  const stack = useRef<HTMLDivElement>(null);
  /** Distance from the end, kept over renders, closing and page changes. */
  const fromEnd = useRef(chat.memory.tab.scroll ?? 0);
  const height = useRef(0);
  const mine = useRef(0);
  /** Lines are on their way that go above: the distance from the end is what holds. */
  const filling = useRef(true);
  const coming = () => {
    const { loading, head } = chat.view;
    return loading || (!head && chat.memory.visitor.open !== undefined);
  };
  const [away, setAway] = useState(fromEnd.current > 0);
  const place = () => {
    const at = box.current;
    if (!at) return;
    height.current = at.scrollHeight;
    at.scrollTop = at.scrollHeight - at.clientHeight - fromEnd.current;
  };
  const settle = () => {
    const at = box.current;
    if (!at) return;
    if (!fromEnd.current || filling.current) return place();
    height.current = at.scrollHeight;
    fromEnd.current = at.scrollHeight - at.clientHeight - at.scrollTop;
  };
  const toEnd = () => {
    fromEnd.current = 0;
    setAway(false);
    place();
  };
  const unfolded = chat.view.earlier.filter((one) => one.unfolded).length;
  const before = useRef(unfolded);
  // What is unfolded above stays in view instead of pushing on to the end.
  if (unfolded > before.current) fromEnd.current ||= 1;
  before.current = unfolded;
  // Content came: at the end stay there, elsewhere stay on the same lines; what one says oneself is at the end.
  useLayoutEffect(() => {
    const said = chat.view.pending.length + chat.uploads.length;
    if (said > mine.current) toEnd();
    else settle();
    mine.current = said;
    filling.current = coming();
  }, [content]);
  // Pictures and parts that come later, the keyboard of a phone.
  useEffect(() => {
    const watch = new ResizeObserver(settle);
    if (box.current) watch.observe(box.current);
    if (stack.current) watch.observe(stack.current);
    place();
    return () => watch.disconnect();
  }, []);
  return {
    box,
    stack,
    away,
    toEnd,
    moved() {
      const at = box.current;
      // Growing content scrolls by itself: that is not the visitor's doing.
      if (!at?.clientHeight || coming() || at.scrollHeight !== height.current) return;
      const distance = at.scrollHeight - at.clientHeight - at.scrollTop;
      fromEnd.current = distance > AT_END ? distance : 0;
      setAway(fromEnd.current > 0);
      keepSoon(() => chat.memory.keepTab({ scroll: Math.round(fromEnd.current) || undefined }));
    },
    /** Older lines are put in front: those in view stay in view. */
    keeping(change: Promise<unknown>) {
      filling.current = true;
      void change.catch(() => undefined);
    },
  };
}

let timer: ReturnType<typeof setTimeout> | undefined;
function keepSoon(keep: () => void): void {
  clearTimeout(timer);
  timer = setTimeout(keep, 200);
}

/**
 * The messages, oldest first. It stays at its end while the visitor is there
 * and stays where it is while they read above; a button leads back down.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import { arrowDown } from "../shared/icons";
import { useAround } from "./around";
import { Choices } from "./Choices";
import { EarlierConversation, Form, UploadList } from "./parts";
import { Rows } from "./Rows";
import { TypingDots } from "./TypingDots";
import { presentRows, turnInPlay } from "./transcript";

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
        aria-label={t("log_label")}
      >
        {view.earlier.map((one) => (
          <EarlierConversation key={one.id} earlier={one} />
        ))}
        {view.log.before > 0 && (
          <button type="button" class="link older" onClick={() => scroll.keeping(chat.older())}>
            {t("older")}
          </button>
        )}
        <Rows rows={rows} live />
        {play?.turn.form && <Form key={play.seq} fields={play.turn.form} turn={play.seq} />}
        {play && <Choices turn={play.turn} seq={play.seq} />}
        {chat.uploads.length > 0 && <UploadList />}
        <Place />
        {view.typing && <TypingDots />}
      </section>
      {scroll.away && (
        <button type="button" class="latest" aria-label={t("latest")} onClick={scroll.toEnd}>
          <Icon d={arrowDown} />
        </button>
      )}
    </div>
  );
}

function Place() {
  const { chat, t } = useAround();
  const { head, place } = chat.view;
  if (head?.stage !== "waiting" || !place) return null;
  return <p class="place">{t("place", { count: place })}</p>;
}

function useScroll(content: string) {
  const { chat } = useAround();
  const box = useRef<HTMLDivElement>(null);
  /** Distance from the end, kept over renders, closing and page changes. */
  const fromEnd = useRef(chat.memory.tab.scroll ?? 0);
  const [away, setAway] = useState(fromEnd.current > 0);
  const place = () => {
    const at = box.current;
    if (at) at.scrollTop = at.scrollHeight - at.clientHeight - fromEnd.current;
  };
  // Content came: at the end stay there, elsewhere stay on the same lines.
  useLayoutEffect(() => {
    if (!fromEnd.current || chat.view.loading) place();
  }, [content]);
  useEffect(() => {
    const at = box.current;
    if (!at) return;
    const watch = new ResizeObserver(place);
    watch.observe(at);
    return () => watch.disconnect();
  }, []);
  return {
    box,
    away,
    moved() {
      const at = box.current;
      if (!at?.clientHeight || chat.view.loading) return;
      const distance = at.scrollHeight - at.clientHeight - at.scrollTop;
      fromEnd.current = distance > AT_END ? distance : 0;
      setAway(fromEnd.current > 0);
      keepSoon(() => chat.memory.keepTab({ scroll: Math.round(fromEnd.current) || undefined }));
    },
    toEnd() {
      fromEnd.current = 0;
      box.current?.scrollTo({ top: box.current.scrollHeight, behavior: "smooth" });
    },
    /** Older lines are put in front: those in view stay in view. */
    keeping(change: Promise<unknown>) {
      void change.then(() => requestAnimationFrame(place)).catch(() => undefined);
    },
  };
}

let timer: ReturnType<typeof setTimeout> | undefined;
function keepSoon(keep: () => void): void {
  clearTimeout(timer);
  timer = setTimeout(keep, 200);
}

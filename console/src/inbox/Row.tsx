/** One conversation in a list: who, what was said last, how long ago, and what is special about it. */
import { drafts } from "../composer/drafts";
import { lastLine, rowName } from "../names";
import { address, type Tab } from "../router";
import { type ConversationRow, format, Icon, icons } from "../shared";
import { self } from "../state/store";
import { now } from "../ui/clock";
import { Avatar } from "../ui/pieces";
import { lang, t } from "../words";
import { closings } from "./closing";
import { take, taking } from "./take";

interface RowProps {
  row: ConversationRow;
  tab: Tab;
  place: number;
  count: number;
  top: number;
  /** Its conversation is shown at the right. */
  open: boolean;
  /** The one row that Tab stops at. */
  stop: boolean;
  onFocus: () => void;
}

export function Row({ row, tab, place, count, top, open, stop, onFocus }: RowProps) {
  const name = rowName(row);
  const busy = taking.value === row.id;
  // In Waiting opening takes: a link would also be followed by a middle click, so it is a button.
  const takes = row.stage === "waiting" && tab === "waiting";
  const shared = {
    class: "row",
    "data-place": place,
    tabIndex: stop ? 0 : -1,
    onFocus,
    ...(open ? { "aria-current": "true" as const } : {}),
  };
  const face = (
    <>
      <Avatar name={name} />
      <span class="row-words">
        <span class="row-top">
          <bdi class="row-name">{name}</bdi>
          <RowTime row={row} />
        </span>
        <span class="row-bottom">
          <RowMarks row={row} open={open} />
          <span class="row-last">{busy ? t("taking") : lastLine(row, self.value?.id)}</span>
          {row.unread > 0 && (
            <span class="badge badge-alert row-unread">
              {row.unread}
              <span class="only-read">{t("unread", { count: row.unread })}</span>
            </span>
          )}
        </span>
      </span>
    </>
  );
  return (
    <li
      class="row-place"
      aria-setsize={count}
      aria-posinset={place + 1}
      style={{ insetBlockStart: `${top}px` }}
    >
      {takes ? (
        <button {...shared} type="button" aria-busy={busy} onClick={() => void take(row)}>
          {face}
          <span class="only-read">{t("row_takes")}</span>
        </button>
      ) : (
        <a {...shared} href={address({ name: "inbox", tab, conversation: row.id })}>
          {face}
        </a>
      )}
    </li>
  );
}

function RowTime({ row }: { row: ConversationRow }) {
  if (row.stage === "waiting") {
    const since = row.waiting_since ?? row.last.at;
    const words = format.duration((now.value - Date.parse(since)) / 1000, lang.value);
    return (
      <time
        class="row-time row-wait"
        dateTime={since}
        title={t("waits_since", { when: format.dateTime(since, lang.value) })}
      >
        <span class="only-read">{t("waits_for")}</span>
        {words}
      </time>
    );
  }
  const at = row.closed_at ?? row.last.at;
  return (
    <time class="row-time" dateTime={at} title={format.dateTime(at, lang.value)}>
      {shortAgo(at)}
    </time>
  );
}

/** Minutes and hours today, then a date: a list is scanned, not read. */
function shortAgo(at: string): string {
  const seconds = (now.value - Date.parse(at)) / 1000;
  if (seconds < 60) return t("just_now");
  const days = format.daysBetween(new Date(at), new Date(now.value));
  if (days === 0) return format.duration(seconds, lang.value);
  if (days === 1) return t("day_yesterday");
  return format.shortDate(at, lang.value);
}

function RowMarks({ row, open }: { row: ConversationRow; open: boolean }) {
  const mine = self.value?.id;
  const others = row.stage === "in_progress" && row.in_charge && row.in_charge.id !== mine;
  return (
    <>
      {!open && drafts.value.has(row.id) && <span class="chip chip-draft">{t("draft")}</span>}
      {closings.value.has(row.id) && <span class="chip">{t("closing")}</span>}
      {row.offer && (
        <span class="chip chip-note">
          <Icon d={icons.transfer} size={12} />
          {row.offer.to.id === mine ? t("mark_offered_to_me") : t("mark_offered")}
        </span>
      )}
      {row.rating && <span class="chip">{t("mark_rated", { rating: row.rating })}</span>}
      {row.test && <span class="chip chip-accent">{t("mark_test")}</span>}
      {row.stage === "waiting" && row.was_with && (
        <span class="chip chip-note">{t("mark_was_with", { name: row.was_with.first_name })}</span>
      )}
      {row.message_left && <span class="chip chip-note">{t("mark_message_left")}</span>}
      {others && row.in_charge && (
        <span class="chip">{t("mark_with", { name: row.in_charge.first_name })}</span>
      )}
    </>
  );
}

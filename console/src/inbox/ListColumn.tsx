/** The left column: three tabs with live counts, what narrows the list, the rows. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { loadList, searchHistory } from "../lists";
import { go, type Tab, tabs } from "../router";
import { me } from "../session";
import { type ConversationId, type ConversationRow, icons } from "../shared";
import {
  colleaguesRows,
  counts,
  foundInHistory,
  historyRows,
  lists,
  myRows,
  myUnread,
  search,
  waitingRows,
} from "../state/store";
import type { ListName, RowList as ListState } from "../state/view";
import { Empty, Spinner, Trouble } from "../ui/pieces";
import { t } from "../words";
import { HistorySearch } from "./HistorySearch";
import { RowList } from "./RowList";
import { TabBar } from "./TabBar";

const SEEN_COLLEAGUES = "comptoir.colleagues";

/** Whether colleagues' conversations are listed under mine; remembered in this browser. */
export const withColleagues = signal(localStorage.getItem(SEEN_COLLEAGUES) === "yes");

interface ListColumnProps {
  tab: Tab;
  open: ConversationId | undefined;
}

export function ListColumn({ tab, open }: ListColumnProps) {
  useEffect(() => {
    if (tab === "history" && lists.peek().history.state === "unasked") void loadList("history");
  }, [tab, lists.value.history.state]);
  return (
    <section class="list-column" data-region aria-label={t("conversations")}>
      <h1 class="only-read">{t("inbox")}</h1>
      <TabBar tab={tab} counts={counts.value} unread={myUnread.value} />
      <div id="tab-panel" class="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "in_progress" && <ColleaguesSwitch />}
        {tab === "history" && <HistorySearch />}
        <Rows tab={tab} open={open} />
      </div>
    </section>
  );
}

function ColleaguesSwitch() {
  const count = counts.value.colleagues;
  return (
    <label class="list-head switch">
      <span>{t("colleagues_shown", { count })}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={withColleagues.value}
        checked={withColleagues.value}
        onChange={(event) => {
          withColleagues.value = event.currentTarget.checked;
          localStorage.setItem(SEEN_COLLEAGUES, withColleagues.value ? "yes" : "no");
        }}
      />
    </label>
  );
}

interface Source {
  rows: readonly ConversationRow[];
  state: ListState["state"];
  more: (() => void) | undefined;
  again: () => void;
}

/** The rows of the tab as they are now; also what Alt+J and Alt+K walk through. */
export function shownRows(tab: Tab): readonly ConversationRow[] {
  return sourceOf(tab).rows;
}

function sourceOf(tab: Tab): Source {
  switch (tab) {
    case "waiting":
      return listed("waiting", waitingRows.value);
    case "in_progress": {
      const mine = listed("mine", myRows.value);
      if (!withColleagues.value) return mine;
      const others = listed("colleagues", colleaguesRows.value);
      return { ...mine, rows: [...mine.rows, ...others.rows], more: mine.more ?? others.more };
    }
    case "history": {
      const found = search.value;
      if (!found) return listed("history", historyRows.value);
      return {
        rows: foundInHistory.value,
        state: found.state,
        more: found.next === undefined ? undefined : () => void searchHistory(found.q, true),
        again: () => void searchHistory(found.q),
      };
    }
  }
}

function listed(name: ListName, rows: readonly ConversationRow[]): Source {
  const { state, next } = lists.value[name];
  return {
    rows,
    state,
    more: next === undefined ? undefined : () => void loadList(name, true),
    again: () => void loadList(name),
  };
}

function Rows({ tab, open }: ListColumnProps) {
  const { rows, state, more, again } = sourceOf(tab);
  if (rows.length > 0) {
    return <RowList rows={rows} tab={tab} open={open} onEnd={more} />;
  }
  if (state === "failed") return <Trouble text={t("list_failed")} onRetry={again} />;
  if (state !== "loaded") return <Spinner label={t("loading")} />;
  return <NoRows tab={tab} />;
}

function NoRows({ tab }: { tab: Tab }) {
  switch (tab) {
    case "waiting":
      return (
        <Empty icon={icons.check} title={t("empty_waiting")}>
          <p>{t("empty_waiting_text")}</p>
          {me.value?.role === "admin" && <a href="/settings/sites">{t("empty_waiting_link")}</a>}
        </Empty>
      );
    case "in_progress":
      return (
        <Empty icon={icons.inbox} title={t("empty_mine")}>
          <p>{t("empty_mine_text")}</p>
          <button type="button" class="button" onClick={() => go({ name: "inbox", tab: "waiting" })}>
            {t("empty_mine_action")}
          </button>
        </Empty>
      );
    case "history":
      return search.value ? (
        <Empty icon={icons.search} title={t("empty_found", { q: search.value.q })}>
          {t("empty_found_text")}
        </Empty>
      ) : (
        <Empty icon={icons.history} title={t("empty_history")}>
          {t("empty_history_text")}
        </Empty>
      );
  }
}

/** The tab after this one, round. */
export function nextTab(tab: Tab): Tab {
  return tabs[(tabs.indexOf(tab) + 1) % tabs.length] ?? "waiting";
}

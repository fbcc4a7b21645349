/** Waiting, In progress, History: arrows move among them and show what they name. */
import { go, type Tab, tabs } from "../router";
import type { TabCounts } from "../shared";
import { roved } from "../ui/roving";
import { t } from "../words";

interface TabBarProps {
  tab: Tab;
  counts: TabCounts;
  /** Unread messages of mine: the In progress count says so. */
  unread: number;
}

export function TabBar({ tab, counts, unread }: TabBarProps) {
  const show = (to: Tab) => {
    go({ name: "inbox", tab: to });
    document.getElementById(`tab-${to}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = neighbour(tab, event.key);
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(to);
  };
  return (
    <div class="tabs" role="tablist" aria-label={t("tabs")} onKeyDown={onKeyDown}>
      {tabs.map((one) => (
        <button
          key={one}
          id={`tab-${one}`}
          type="button"
          role="tab"
          class="tab"
          aria-selected={one === tab}
          aria-controls="tab-panel"
          tabIndex={one === tab ? 0 : -1}
          onClick={() => show(one)}
        >
          <span class="tab-name">{t(`tab_${one}`)}</span>
          <Count tab={one} counts={counts} unread={unread} />
        </button>
      ))}
    </div>
  );
}

function Count({ tab, counts, unread }: { tab: Tab; counts: TabCounts; unread: number }) {
  switch (tab) {
    case "waiting":
      return <span class={counts.waiting > 0 ? "badge badge-alert" : "badge"}>{counts.waiting}</span>;
    case "in_progress":
      return (
        <span class={unread > 0 ? "badge badge-accent" : "badge"}>
          {counts.mine}
          {unread > 0 && <span class="only-read">{t("tab_unread", { count: unread })}</span>}
        </span>
      );
    case "history":
      return <span class="badge">{counts.history}</span>;
  }
}

function neighbour(tab: Tab, key: string): Tab | undefined {
  const to = roved(key, tabs.indexOf(tab), tabs.length, "row");
  return to === undefined ? undefined : tabs[to];
}

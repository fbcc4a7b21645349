/** The parts of the bot as tabs, after the ARIA pattern: arrows, Home, End; each says what is wrong in it. */
import { useEffect } from "preact/hooks";
import { roved } from "../../ui/roving";
import { t } from "../../words";
import type { Counts } from "./found";
import { TABS, type Tab } from "./found";

interface TabsProps {
  open: Tab;
  onOpen: (tab: Tab) => void;
  counts: ReadonlyMap<Tab, Counts>;
  /** While the text cannot be read there is only the text. */
  only?: Tab | undefined;
}

export function Tabs({ open, onOpen, counts, only }: TabsProps) {
  const shown = only ? [only] : TABS;
  // On a phone they stand in one line that is wider than the screen.
  useEffect(() => {
    document.getElementById(`bot-tab-${open}`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = shown.indexOf(open);
    const to = roved(event.key, at, shown.length, "row");
    const tab = to === undefined ? undefined : shown[to];
    if (tab === undefined) return;
    event.preventDefault();
    onOpen(tab);
    document.getElementById(`bot-tab-${tab}`)?.focus();
  };
  return (
    <div class="bot-tabs" role="tablist" aria-label={t("bot_tabs")} onKeyDown={onKeyDown}>
      {shown.map((tab) => (
        <button
          key={tab}
          id={`bot-tab-${tab}`}
          type="button"
          role="tab"
          class="bot-tab"
          aria-selected={tab === open}
          aria-controls="bot-panel"
          tabIndex={tab === open ? 0 : -1}
          onClick={() => onOpen(tab)}
        >
          {t(`bot_tab_${tab}`)}
          <Count counts={counts.get(tab)} />
        </button>
      ))}
    </div>
  );
}

function Count({ counts }: { counts: Counts | undefined }) {
  if (!counts) return null;
  const { errors, warnings } = counts;
  if (errors > 0)
    return (
      <span class="badge badge-alert">
        {errors}
        <span class="only-read"> {t("bot_errors", { count: errors })}</span>
      </span>
    );
  return (
    <span class="badge bot-badge-warned">
      {warnings}
      <span class="only-read"> {t("bot_warnings", { count: warnings })}</span>
    </span>
  );
}

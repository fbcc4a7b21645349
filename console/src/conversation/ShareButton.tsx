/**
 * Asks to see the visitor's page: opens the tab that asks, inside the click, or the browser would
 * hold it back.
 */
import { me, refreshMe } from "../session";
import { type ConversationRow, Icon, icons } from "../shared";
import { toast } from "../ui/toasts";
import { t } from "../words";

/** The tab asks when it is opened with it, and not when it is reloaded. */
const ASK = "#ask";

export function ShareButton({ row }: { row: ConversationRow }) {
  const off = me.value?.sites.find((site) => site.id === row.site)?.shares_pages === false;
  const away = off || !row.visitor_online;
  const means = t(off ? "share_off_site" : away ? "share_visitor_away" : "share_page_means");
  const open = () => {
    // Said on a click too: a button that does nothing and does not say why is a riddle.
    if (away) toast(means);
    // An admin may have switched it on since: the next click knows.
    if (off) void refreshMe();
    if (!away) window.open(`/shared/${encodeURIComponent(row.id)}${ASK}`, "_blank", "noopener");
  };
  return (
    <button type="button" class="button" title={means} aria-disabled={away} onClick={open}>
      <Icon d={icons.screen} size={18} />
      <span>{t("share_page")}</span>
    </button>
  );
}

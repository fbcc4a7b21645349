/**
 * Asks to see the visitor's page: opens the tab that asks, inside the click, or the browser would
 * hold it back.
 */
import { type ConversationRow, Icon, icons } from "../shared";
import { toast } from "../ui/toasts";
import { t } from "../words";

/** The tab asks when it is opened with it, and not when it is reloaded. */
const ASK = "#ask";

export function ShareButton({ row }: { row: ConversationRow }) {
  const away = !row.visitor_online;
  const means = away ? t("share_visitor_away") : t("share_page_means");
  const open = () => {
    // Said on a click too: a button that does nothing and does not say why is a riddle.
    if (away) toast(means);
    else window.open(`/shared/${encodeURIComponent(row.id)}${ASK}`, "_blank", "noopener");
  };
  return (
    <button type="button" class="button" title={means} aria-disabled={away} onClick={open}>
      <Icon d={icons.screen} size={18} />
      <span>{t("share_page")}</span>
    </button>
  );
}

/** "Test your live chat": a page with the site's real widget, in a tab of its own. */
import { asRefusal, post } from "../api";
import { explained } from "../refusals";
import type { SiteId, TestPage } from "../shared";
import { toast } from "../ui/toasts";
import { t } from "../words";

/** The tab is opened within the click and sent on when its address is known: pop-up blockers take later ones. */
export async function openTest(site: SiteId): Promise<void> {
  const tab = window.open("", "_blank");
  try {
    const { url } = await post<TestPage>(`/sites/${site}/test`);
    if (!tab) {
      toast(t("test_blocked"), { kind: "bad" });
      return;
    }
    tab.opener = null;
    tab.location.replace(url);
  } catch (failure) {
    tab?.close();
    toast(explained(asRefusal(failure)), { kind: "bad" });
  }
}

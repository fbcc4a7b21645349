/** Nobody is signed in here, or no more: what to do. */
import { icons } from "../shared";
import { Empty } from "../ui/pieces";
import { t } from "../words";

export function SignedOut() {
  return (
    <main class="page">
      <Empty icon={icons.lock} title={t("shared_page")}>
        {t("share_signed_out")}
        <a href="/">{t("share_to_console")}</a>
      </Empty>
    </main>
  );
}

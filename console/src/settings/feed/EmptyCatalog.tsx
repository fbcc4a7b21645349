/** Taking all products of one language away, asked first: what goes, what stays, what can be brought back. */
import { useState } from "preact/hooks";
import { asRefusal, remove } from "../../api";
import { explained } from "../../refusals";
import type { FeedView, ImportRun, SiteId } from "../../shared";
import { Dialog } from "../../ui/Dialog";
import { t } from "../../words";
import { languageName } from "../SiteFields";

interface EmptyCatalogProps {
  site: SiteId;
  feed: FeedView;
  /** An import runs already. */
  busy: boolean;
  onStarted: (run: ImportRun) => void;
}

export function EmptyCatalog({ site, feed, busy, onStarted }: EmptyCatalogProps) {
  const [isAsked, setAsked] = useState(false);
  const [isSent, setSent] = useState(false);
  const [fault, setFault] = useState<string>();
  const empty = async () => {
    setSent(true);
    setFault(undefined);
    try {
      onStarted(await remove<ImportRun>(`/sites/${site}/catalog/feeds/${feed.lang}`));
      setAsked(false);
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
    }
    setSent(false);
  };
  return (
    <div>
      <button type="button" class="button button-danger" disabled={busy} onClick={() => setAsked(true)}>
        {t("empty_catalog")}
      </button>
      {isAsked && (
        <Dialog
          title={t("empty_title", { language: languageName(feed.lang) })}
          onClose={() => setAsked(false)}
        >
          <ul class="bullets">
            <li>{t("empty_goes", { count: feed.products })}</li>
            <li>{feed.address ? t("empty_forgets_address") : t("empty_forgets")}</li>
            <li>{t("empty_stays")}</li>
            <li>{t("empty_back")}</li>
          </ul>
          <p class="field-error" role="alert">
            {fault}
          </p>
          <div class="button-row">
            <button type="button" class="button" onClick={() => setAsked(false)}>
              {t("cancel")}
            </button>
            <button type="button" class="button button-danger" disabled={isSent} onClick={() => void empty()}>
              {t("empty_catalog")}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

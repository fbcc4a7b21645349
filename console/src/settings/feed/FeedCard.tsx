/** What is kept of a feed for its next imports: currency, tax, the shop's address, corrections. */
import { useState } from "preact/hooks";
import { asRefusal, patch } from "../../api";
import { explained } from "../../refusals";
import type { FeedView, SiteId } from "../../shared";
import { toast } from "../../ui/toasts";
import { t } from "../../words";
import { draftOf, settingsOf } from "./draft";
import { FeedFields } from "./FeedFields";

interface FeedCardProps {
  site: SiteId;
  feed: FeedView;
  onChanged: (feed: FeedView) => void;
}

export function FeedCard({ site, feed, onChanged }: FeedCardProps) {
  return (
    <details class="panel-card feed-settings">
      <summary>
        <h2>{t("feed_settings")}</h2>
      </summary>
      <SettingsForm key={JSON.stringify(feed.settings)} site={site} feed={feed} onChanged={onChanged} />
    </details>
  );
}

function SettingsForm({ site, feed, onChanged }: FeedCardProps) {
  const [draft, setDraft] = useState(draftOf(feed.settings));
  const header = feed.settings.mapping?.header ?? [];
  const settings = settingsOf(draft, header);
  const unchanged = JSON.stringify(settings) === JSON.stringify(settingsOf(draftOf(feed.settings), header));
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      onChanged(await patch<FeedView>(`/sites/${site}/catalog/feeds/${feed.lang}`, { settings }));
      toast(t("saved"), { kind: "good" });
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
    }
  };
  const mapping = feed.settings.mapping;
  return (
    <form class="stack" onSubmit={save}>
      <FeedFields draft={draft} change={(parts) => setDraft({ ...draft, ...parts })} />
      {mapping && (
        <p class="quiet">
          {t("feed_mapping_kept", { count: mapping.columns.length + mapping.values.length })}{" "}
          <button
            type="button"
            class="button button-small"
            onClick={() => setDraft({ ...draft, fields: new Map(), values: [] })}
          >
            {t("feed_mapping_forget")}
          </button>
        </p>
      )}
      <div>
        <button type="submit" class="button" disabled={unchanged}>
          {t("save")}
        </button>
      </div>
    </form>
  );
}

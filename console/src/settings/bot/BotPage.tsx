/** A site's bot: its draft is loaded, begun where there is none, and edited. */
import "../../style/bot.css";
import type { BotDraftView, SiteId } from "../../shared";
import { t } from "../../words";
import { Ready, Title } from "../area";
import { useLoaded } from "../useLoaded";
import { Begin } from "./Begin";
import { Editor } from "./Editor";

export function BotPage({ site }: { site: SiteId }) {
  const loaded = useLoaded<BotDraftView>(`/sites/${site}/bot/draft`);
  return (
    <Ready of={loaded}>
      {(draft) =>
        draft.revision === 0 && draft.published === 0 ? (
          <>
            <Title under={t("bot_none")}>{t("bot")}</Title>
            <div class="panel-card">
              <Begin site={site} revision={draft.revision} onBegun={loaded.put} />
            </div>
          </>
        ) : (
          <Editor key={site} site={site} first={draft} />
        )
      }
    </Ready>
  );
}

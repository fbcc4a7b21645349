/** Somebody saved the same bot meanwhile: whose work stays is a person's choice, and is asked once. */
import { useEffect, useState } from "preact/hooks";
import { asRefusal, get } from "../../api";
import { explained } from "../../refusals";
import { type BotDraftView, format, type SiteId } from "../../shared";
import { Dialog } from "../../ui/Dialog";
import { Spinner, Trouble } from "../../ui/pieces";
import { lang, t } from "../../words";

interface StaleDialogProps {
  site: SiteId;
  onTheirs: (theirs: BotDraftView) => void;
  onMine: (theirs: BotDraftView) => void;
  onClose: () => void;
}

export function StaleDialog({ site, onTheirs, onMine, onClose }: StaleDialogProps) {
  const [theirs, setTheirs] = useState<BotDraftView>();
  const [fault, setFault] = useState<string>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    get<BotDraftView>(`/sites/${site}/bot/draft`).then(setTheirs, (failure) =>
      setFault(explained(asRefusal(failure))),
    );
  }, [turn]);
  const name = theirs?.saved_by?.first_name ?? t("bot_stale_somebody");
  const date = theirs?.saved_at ? format.dateTime(theirs.saved_at, lang.value) : "";
  return (
    <Dialog title={t("bot_stale")} onClose={onClose}>
      {fault && <Trouble text={fault} onRetry={() => setTurn(turn + 1)} />}
      {!theirs && !fault && <Spinner label={t("loading")} />}
      {theirs && (
        <>
          <p>{t("bot_stale_text", { name, date })}</p>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={() => onTheirs(theirs)}>
              {t("bot_stale_theirs", { name })}
            </button>
            <button type="button" class="button button-primary" onClick={() => onMine(theirs)}>
              {t("bot_stale_mine")}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

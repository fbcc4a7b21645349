/** How far a feed's files are on their way to the server, and the way to stop them. */
import { t } from "../../words";
import type { Sending } from "./sending";

export function SendingBar({ sending, onCancel }: { sending: Sending; onCancel: () => void }) {
  return (
    <div class="feed-sending">
      <span>{t("feed_sending", { name: sending.name })}</span>
      <progress max={1} value={sending.share} aria-label={t("upload_progress", { name: sending.name })} />
      <button type="button" class="button button-small" onClick={onCancel}>
        {t("cancel")}
      </button>
    </div>
  );
}

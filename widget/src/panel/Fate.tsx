/** How far the visitor's message got, or why it did not and what can be done about it. */
import { Icon } from "../shared/icon";
import { alert, check, checks, clock } from "../shared/icons";
import type { WidgetKey } from "../words/keys";
import { useAround } from "./around";
import type { MessageState, SaidRow } from "./transcript";
import type { UploadRow } from "./uploads";

export function Fate({ row }: { row: SaidRow }) {
  const { chat, t } = useAround();
  if (row.failed) {
    const id = row.command ?? "";
    const why = whyWords(row.failed.code);
    return (
      <p class="meta failed">
        <span>
          <Icon d={alert} size={14} /> {t("state_failed")} {why !== "wrong_other" && t(why)}
        </span>
        <button type="button" class="link" onClick={() => chat.retry(id)}>
          {t("retry")}
        </button>
        <button type="button" class="link" onClick={() => chat.discard(id)}>
          {t("discard")}
        </button>
      </p>
    );
  }
  return row.state ? <State {...STATES[row.state]} /> : null;
}

const STATES: Record<MessageState, { d: string; words: WidgetKey }> = {
  sending: { d: clock, words: "state_sending" },
  sent: { d: check, words: "state_sent" },
  delivered: { d: checks, words: "state_delivered" },
  read: { d: checks, words: "state_read" },
};

function State({ d, words }: { d: string; words: WidgetKey }) {
  const { t } = useAround();
  return (
    <span class="state">
      · <Icon d={d} size={14} /> <span>{t(words)}</span>
    </span>
  );
}

/** The visitor's words for a refusal; codes that say nothing to them share one sentence. */
export function whyWords(code: NonNullable<UploadRow["failed"]>): WidgetKey {
  switch (code) {
    case "file_empty":
      return "wrong_empty";
    case "too_many_files":
      return "wrong_many";
    case "text_too_long":
      return "wrong_long";
    case "stale_turn":
      return "wrong_stale";
    case "file_type_refused":
    case "wrong_media_type":
      return "wrong_type";
    case "file_too_large":
      return "wrong_size";
    case "quota_reached":
      return "wrong_quota";
    default:
      return "wrong_other";
  }
}

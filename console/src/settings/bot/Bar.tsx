/** Above the forms: language, undo and redo, whether all is saved, and publishing. */
import { explained } from "../../refusals";
import { Icon, icons } from "../../shared";
import { t } from "../../words";
import { Languages } from "./Languages";
import type { Desk } from "./useDesk";

interface BarProps {
  desk: Desk;
  onLang: (lang: string) => void;
  /** Asks again whose work stays. */
  onStale: () => void;
  onPublish: () => void;
}

export function Bar({ desk, onLang, onStale, onPublish }: BarProps) {
  const isNew = desk.view.changed || desk.view.published === 0 || desk.save.type !== "saved";
  return (
    <div class="bot-bar">
      {desk.definition && <Languages onLang={onLang} />}
      <div class="bot-bar-end">
        <Saved desk={desk} onStale={onStale} />
        <button
          type="button"
          class="icon-button"
          aria-label={t("bot_undo")}
          title={`${t("bot_undo")} (Ctrl+Z)`}
          disabled={!desk.canUndo}
          onClick={desk.undo}
        >
          <Icon d={icons.undo} />
        </button>
        <button
          type="button"
          class="icon-button bot-redo"
          aria-label={t("bot_redo")}
          title={`${t("bot_redo")} (Ctrl+Y)`}
          disabled={!desk.canRedo}
          onClick={desk.redo}
        >
          <Icon d={icons.undo} />
        </button>
        <button type="button" class="button button-primary" disabled={!isNew} onClick={onPublish}>
          {t("bot_publish")}
        </button>
      </div>
    </div>
  );
}

/** Only what did not work is said aloud: saving happens at every pause. */
function Saved({ desk, onStale }: Pick<BarProps, "desk" | "onStale">) {
  const { save, flush } = desk;
  return (
    <span class="bot-saved">
      {save.type === "saved" && t("bot_saved")}
      {save.type === "saving" && t("bot_saving")}
      <span role="alert" class="bot-unsaved">
        {save.type === "failed" && t("bot_unsaved", { why: explained(save.refusal) })}
        {save.type === "stale" && t("bot_unsaved_stale")}
      </span>
      {save.type === "failed" && (
        <button type="button" class="link-button" onClick={() => void flush()}>
          {t("retry")}
        </button>
      )}
      {save.type === "stale" && (
        <button type="button" class="link-button" onClick={onStale}>
          {t("bot_stale_choose")}
        </button>
      )}
    </span>
  );
}

/** Says that the draft is not what visitors meet, and publishes it. */
import { useState } from "preact/hooks";
import { asRefusal } from "../../api";
import { explained } from "../../refusals";
import { address } from "../../router";
import { Icon, icons, type SiteId } from "../../shared";
import { toast } from "../../ui/toasts";
import { t } from "../../words";
import type { Draft } from "./useDraft";

interface DraftBarProps {
  site: SiteId;
  draft: Draft;
  onPublished: () => void;
}

export function DraftBar({ site, draft, onPublished }: DraftBarProps) {
  const [busy, setBusy] = useState(false);
  const view = draft.value;
  if (draft.fault) {
    return (
      <div class="draft-bar draft-bar-bad" role="status">
        <Icon d={icons.alert} size={18} />
        <p>{draft.fault}</p>
        <button type="button" class="button button-small" onClick={draft.again}>
          {t("retry")}
        </button>
      </div>
    );
  }
  if (!view || (view.definition && !view.changed)) return null;
  const { errors } = view.report;
  const broken = errors > 0 || !view.definition;
  const publish = async () => {
    setBusy(true);
    try {
      const report = await draft.publish("");
      if (report.version === undefined)
        toast(t("gaps_publish_errors", { count: report.errors }), { kind: "bad" });
      else {
        toast(t("gaps_published", { version: report.version }), { kind: "good" });
        onPublished();
      }
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
    }
    setBusy(false);
  };
  return (
    <div class={broken ? "draft-bar draft-bar-bad" : "draft-bar"} role="status">
      <Icon d={broken ? icons.alert : icons.info} size={18} />
      <p>
        {!view.definition
          ? t("gaps_unreadable")
          : broken
            ? t("gaps_draft_errors", { count: errors })
            : t("gaps_in_draft")}
      </p>
      <a class="button button-small" href={address({ name: "bot", site })}>
        {t("gaps_to_editor")}
      </a>
      {!broken && (
        <button
          type="button"
          class="button button-primary button-small"
          disabled={busy}
          onClick={() => void publish()}
        >
          {t("gaps_publish")}
        </button>
      )}
    </div>
  );
}

/**
 * How a site shares its pages: whether at all, what an agent may ask for, where, and what is never shown.
 *
 * The switch is saved at once; the rest waits for Save, and is kept while the switch is off. What masks
 * do is tried on a page of the store in a tab of its own (../screen/preview).
 */
import { useEffect, useState } from "preact/hooks";
import { asRefusal, patch } from "../api";
import { explained } from "../refusals";
import { refreshMe } from "../session";
import { Icon, icons, type ShareSettings, type SiteView } from "../shared";
import { Area } from "../ui/Field";
import { toast } from "../ui/toasts";
import { t } from "../words";
import { faultsOf, isFaulty, isSame, MaskFields, type SharingFaults } from "./MaskFields";
import { hearSaved, previewOf } from "./preview";
import { type SharingDraft, settingsOf, sharingDraftOf } from "./sharingDraft";

interface SharingFormProps {
  site: SiteView;
  onSaved: (site: SiteView) => void;
}

export function SharingForm({ site, onSaved }: SharingFormProps) {
  const [draft, setDraft] = useState(sharingDraftOf(site.share));
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = (parts: Partial<SharingDraft>) => setDraft((before) => ({ ...before, ...parts }));
  const faults = faultsOf(draft);

  /** Whether it was kept. */
  const keep = async (share: ShareSettings, said: string): Promise<boolean> => {
    setBusy(true);
    setFault(undefined);
    try {
      const saved = await patch<SiteView>(`/sites/${site.id}`, { share });
      onSaved(saved);
      toast(said, { kind: "good" });
      void refreshMe();
      return true;
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const switchTo = async (see: boolean) => {
    change({ see });
    const said = t(see ? "sharing_switched_on" : "sharing_switched_off");
    if (!(await keep({ ...site.share, see }, said))) change({ see: !see });
  };
  const save = (event: Event) => {
    event.preventDefault();
    if (!isFaulty(faults)) void keep(settingsOf(draft), t("saved"));
  };
  // What was saved beside the preview is what stands here.
  useEffect(
    () =>
      hearSaved((saved) => {
        if (saved.id !== site.id) return;
        onSaved(saved);
        setDraft(sharingDraftOf(saved.share));
      }),
    [site.id, onSaved],
  );

  return (
    <section id="sharing" class="panel-card" aria-labelledby="sharing-title">
      <h2 id="sharing-title">{t("sharing")}</h2>
      <p>{t("sharing_text")}</p>
      <label class="switch sharing-switch narrow">
        <strong>{t("sharing_on")}</strong>
        <input
          type="checkbox"
          role="switch"
          aria-checked={draft.see}
          checked={draft.see}
          onChange={(event) => void switchTo(event.currentTarget.checked)}
        />
      </label>
      {!draft.see && <p class="callout narrow">{t("sharing_is_off")}</p>}
      <form class="stack narrow" onSubmit={save}>
        <fieldset class="stack" disabled={!draft.see}>
          <Switches draft={draft} change={change} />
          <Paths draft={draft} change={change} faults={faults} />
          <MaskFields draft={draft} change={change} faults={faults} />
        </fieldset>
        <p class="field-error" role="alert">
          {fault}
        </p>
        <div class="sharing-actions">
          <button
            type="submit"
            class="button button-primary"
            disabled={busy || isFaulty(faults) || isSame(draft, sharingDraftOf(site.share))}
          >
            {t("save")}
          </button>
          {draft.see && (
            <a class="button" href={previewOf(site.id, draft)} target="_blank" rel="noopener">
              <Icon d={icons.eye} size={18} />
              {t("sharing_preview")}
            </a>
          )}
        </div>
      </form>
    </section>
  );
}

interface PartProps {
  draft: SharingDraft;
  change: (parts: Partial<SharingDraft>) => void;
}

function Switches({ draft, change }: PartProps) {
  return (
    <fieldset class="choices">
      <legend class="field-label">{t("sharing_may")}</legend>
      {(["point", "control"] as const).map((what) => (
        <label key={what} class="choice">
          <input
            type="checkbox"
            checked={draft[what]}
            onChange={(event) => change({ [what]: event.currentTarget.checked })}
          />
          <span class="choice-words">
            {t(`sharing_${what}`)}
            <span class="choice-note">{t(`sharing_${what}_note`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Paths({ draft, change, faults }: PartProps & { faults: SharingFaults }) {
  return (
    <>
      <Area
        label={t("sharing_off_paths")}
        rows={2}
        value={draft.offPaths}
        onValue={(offPaths) => change({ offPaths })}
        hint={t("sharing_paths_hint")}
        error={faults.offPaths}
      />
      <Area
        label={t("sharing_see_only")}
        rows={2}
        value={draft.seeOnlyPaths}
        onValue={(seeOnlyPaths) => change({ seeOnlyPaths })}
        hint={t("sharing_see_only_hint")}
        error={faults.seeOnlyPaths}
      />
    </>
  );
}

/** How a site shares its pages: what an agent may ask for, where, and what is never shown. */
import { useState } from "preact/hooks";
import { asRefusal, patch } from "../api";
import { explained } from "../refusals";
import { refreshMe } from "../session";
import type { SiteView } from "../shared";
import { Area } from "../ui/Field";
import { toast } from "../ui/toasts";
import { t } from "../words";
import {
  SHOW_LEVELS,
  type SharingDraft,
  settingsOf,
  sharingDraftOf,
  strangePath,
  strangeSelector,
} from "./sharingDraft";

interface SharingFormProps {
  site: SiteView;
  onSaved: (site: SiteView) => void;
}

export function SharingForm({ site, onSaved }: SharingFormProps) {
  const [draft, setDraft] = useState(sharingDraftOf(site.share));
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = (parts: Partial<SharingDraft>) => setDraft({ ...draft, ...parts });
  const changed = JSON.stringify(settingsOf(draft)) !== JSON.stringify(site.share);
  const faults = faultsOf(draft);
  const wrong = Object.values(faults).some(Boolean);

  const save = async (event: Event) => {
    event.preventDefault();
    if (wrong) return;
    setBusy(true);
    setFault(undefined);
    try {
      const saved = await patch<SiteView>(`/sites/${site.id}`, { share: settingsOf(draft) });
      onSaved(saved);
      setDraft(sharingDraftOf(saved.share));
      toast(t("saved"), { kind: "good" });
      void refreshMe();
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
    }
    setBusy(false);
  };

  return (
    <section id="sharing" class="panel-card" aria-labelledby="sharing-title">
      <h2 id="sharing-title">{t("sharing")}</h2>
      <p>{t("sharing_text")}</p>
      <form class="stack narrow" onSubmit={save}>
        <Switches draft={draft} change={change} />
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
        <Levels draft={draft} change={change} />
        <Selectors draft={draft} change={change} faults={faults} />
        <p class="field-error" role="alert">
          {fault}
        </p>
        <div>
          <button type="submit" class="button button-primary" disabled={busy || wrong || !changed}>
            {t("save")}
          </button>
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
      {(["see", "point", "control"] as const).map((what) => (
        <label key={what} class="choice">
          <input
            type="checkbox"
            checked={draft[what] && (what === "see" || draft.see)}
            disabled={what !== "see" && !draft.see}
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

function Levels({ draft, change }: PartProps) {
  return (
    <fieldset class="choices">
      <legend class="field-label">{t("sharing_show")}</legend>
      {SHOW_LEVELS.map((level) => (
        <label key={level} class="choice">
          <input
            type="radio"
            name="sharing-show"
            checked={draft.show === level}
            onChange={() => change({ show: level })}
          />
          <span class="choice-words">
            {t(`sharing_show_${level}`)}
            <span class="choice-note">{t(`sharing_show_${level}_note`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

type Faults = Partial<Record<keyof SharingDraft, string | undefined>>;

function Selectors({ draft, change, faults }: PartProps & { faults: Faults }) {
  return (
    <>
      {(["mask", "block", "reveal"] as const).map((what) => (
        <Area
          key={what}
          label={t(`sharing_${what}`)}
          rows={2}
          value={draft[what]}
          onValue={(text) => change({ [what]: text })}
          hint={t(`sharing_${what}_hint`)}
          error={faults[what]}
        />
      ))}
    </>
  );
}

function faultsOf(draft: SharingDraft): Faults {
  const path = (text: string) => worded("sharing_strange_path", strangePath(text));
  const selector = (text: string) => worded("sharing_strange_selector", strangeSelector(text, isSelector));
  return {
    offPaths: path(draft.offPaths),
    seeOnlyPaths: path(draft.seeOnlyPaths),
    mask: selector(draft.mask),
    block: selector(draft.block),
    reveal: selector(draft.reveal),
  };
}

function worded(key: "sharing_strange_path" | "sharing_strange_selector", line: string | undefined) {
  return line === undefined ? undefined : t(key, { line });
}

function isSelector(text: string): boolean {
  try {
    document.createDocumentFragment().querySelector(text);
    return true;
  } catch {
    return false;
  }
}

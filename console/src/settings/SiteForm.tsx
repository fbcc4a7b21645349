/** What can be changed of a site, sent as what differs. */
import { useState } from "preact/hooks";
import { asRefusal, patch } from "../api";
import { explained } from "../refusals";
import { refreshMe } from "../session";
import type { SiteView } from "../shared";
import { Field } from "../ui/Field";
import { toast } from "../ui/toasts";
import { t } from "../words";
import { AccentField } from "./AccentField";
import { SiteFields } from "./SiteFields";
import { changeOf, draftOf, type SiteDraft } from "./siteDraft";

interface SiteFormProps {
  site: SiteView;
  onSaved: (site: SiteView) => void;
}

export function SiteForm({ site, onSaved }: SiteFormProps) {
  const [draft, setDraft] = useState(draftOf(site));
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = (parts: Partial<SiteDraft>) => setDraft({ ...draft, ...parts });
  const changed = changeOf(site, draft);

  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFault(undefined);
    try {
      const saved = await patch<SiteView>(`/sites/${site.id}`, changed);
      onSaved(saved);
      setDraft(draftOf(saved));
      toast(t("saved"), { kind: "good" });
      void refreshMe();
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
    }
    setBusy(false);
  };

  return (
    <section class="panel-card" aria-labelledby="site-settings">
      <h2 id="site-settings">{t("site_settings")}</h2>
      <form class="stack narrow" onSubmit={save}>
        <SiteFields draft={draft} change={change} />
        <AccentField value={draft.accent} onValue={(accent) => change({ accent })} />
        <Field
          label={t("site_query")}
          value={draft.queryKeep}
          onValue={(queryKeep) => change({ queryKeep })}
          hint={t("site_query_hint")}
        />
        <Field
          label={t("site_gone")}
          type="number"
          min={30}
          max={3600}
          required
          value={draft.goneSeconds}
          onValue={(goneSeconds) => change({ goneSeconds })}
          hint={t("site_gone_hint")}
        />
        <p class="field-error" role="alert">
          {fault}
        </p>
        <div>
          <button
            type="submit"
            class="button button-primary"
            disabled={busy || Object.keys(changed).length === 0}
          >
            {t("save")}
          </button>
        </div>
      </form>
    </section>
  );
}

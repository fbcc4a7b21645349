/** A new site: only what it cannot do without, the rest has defaults. */
import { useState } from "preact/hooks";
import { asRefusal, post } from "../api";
import { explained } from "../refusals";
import { address, go } from "../router";
import { me, refreshMe, rememberDuty } from "../session";
import type { SiteView } from "../shared";
import { duty } from "../state/store";
import { lang, t } from "../words";
import { Title } from "./area";
import { SiteFields } from "./SiteFields";
import { newSiteOf, originsOf } from "./siteDraft";

const empty = { name: "", origins: "", currency: "EUR", shopUrl: "" };

export function NewSitePage() {
  const [draft, setDraft] = useState({ ...empty, lang: lang.peek() as string });
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);

  /** The shop's own address is almost always the first allowed origin. */
  const change = (parts: Partial<typeof draft>) => {
    const next = { ...draft, ...parts };
    const followed = originsOf(draft.shopUrl).join("\n");
    const untouched = draft.origins === "" || draft.origins === followed;
    if (parts.shopUrl !== undefined && untouched) {
      next.origins = URL.canParse(parts.shopUrl) ? originsOf(parts.shopUrl).join("\n") : "";
    }
    setDraft(next);
  };

  const create = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFault(undefined);
    try {
      const site = await post<SiteView>("/sites", newSiteOf(draft));
      await refreshMe();
      // Whoever adds a site answers for it at once.
      const who = me.peek();
      if (who) rememberDuty(who, [...duty.peek(), site.id]);
      go({ name: "site", site: site.id });
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
      setBusy(false);
    }
  };

  return (
    <>
      <Title under={t("site_new_intro")}>{t("site_new")}</Title>
      <section class="panel-card">
        <form class="stack narrow" onSubmit={create}>
          <SiteFields draft={draft} change={change} />
          <p class="field-error" role="alert">
            {fault}
          </p>
          <div class="button-row">
            <button type="submit" class="button button-primary" disabled={busy}>
              {t("site_create")}
            </button>
            <a class="button" href={address({ name: "sites" })}>
              {t("cancel")}
            </a>
          </div>
        </form>
      </section>
    </>
  );
}

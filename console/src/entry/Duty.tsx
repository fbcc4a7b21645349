/** After sign-in: the chatbots one answers for. All are ticked; the choice is remembered here. */
import { useState } from "preact/hooks";
import { go } from "../router";
import { me, rememberDuty, rememberedDuty, signOut } from "../session";
import type { Me, MySite } from "../shared";
import { t } from "../words";
import { Entry } from "./Entry";

export function Duty() {
  const who = me.value;
  return who ? <DutyOf who={who} /> : null;
}

function DutyOf({ who }: { who: Me }) {
  const [ticked, setTicked] = useState<readonly string[]>(
    rememberedDuty(who) ?? who.sites.map((site) => site.id),
  );
  const begin = (event: Event) => {
    event.preventDefault();
    rememberDuty(who, ticked);
    go({ name: "inbox", tab: "waiting" });
  };
  const toggle = (id: string, on: boolean) =>
    setTicked(on ? [...ticked, id] : ticked.filter((one) => one !== id));

  if (who.sites.length === 0) return <NoSite who={who} />;
  return (
    <Entry title={t("duty_title", { name: who.first_name })} intro={t("duty_intro")}>
      <form class="stack" onSubmit={begin}>
        <fieldset class="choices">
          <legend class="only-read">{t("duty_legend")}</legend>
          {who.sites.map((site) => (
            <label key={site.id} class="choice">
              <input
                type="checkbox"
                checked={ticked.includes(site.id)}
                onChange={(event) => toggle(site.id, event.currentTarget.checked)}
              />
              <span class="choice-words">
                <strong>{site.name}</strong>
                <SiteState site={site} />
              </span>
            </label>
          ))}
        </fieldset>
        <button type="submit" class="button button-primary button-wide" disabled={ticked.length === 0}>
          {t("duty_action")}
        </button>
      </form>
    </Entry>
  );
}

function SiteState({ site }: { site: MySite }) {
  if (!site.bot_published) return <span class="choice-note choice-warn">{t("duty_no_bot")}</span>;
  const products = site.catalog_products;
  return (
    <span class="choice-note">
      {products > 0 ? t("duty_products", { count: products }) : t("duty_no_catalog")}
    </span>
  );
}

function NoSite({ who }: { who: Me }) {
  return (
    <Entry title={t("duty_title", { name: who.first_name })} intro={t("duty_none")}>
      {who.role === "admin" ? (
        <a class="button button-primary button-wide" href="/settings/sites/new">
          {t("settings")}
        </a>
      ) : (
        <button type="button" class="button button-wide" onClick={() => void signOut(false)}>
          {t("sign_out")}
        </button>
      )}
    </Entry>
  );
}

/** All sites, with how far each is set up. */
import { address } from "../router";
import { Icon, icons, type SiteView } from "../shared";
import { Empty } from "../ui/pieces";
import { t } from "../words";
import { Ready, Title } from "./area";
import { stepsOf } from "./steps";
import { useLoaded } from "./useLoaded";

export function Sites() {
  const sites = useLoaded<SiteView[]>("/sites");
  return (
    <>
      <div class="title-row">
        <Title under={t("sites_intro")}>{t("sites")}</Title>
        <a class="button button-primary" href={address({ name: "new_site" })}>
          <Icon d={icons.plus} size={18} />
          {t("site_new")}
        </a>
      </div>
      <Ready of={sites}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={icons.message} title={t("sites_none")}>
              {t("sites_none_text")}
            </Empty>
          ) : (
            <ul class="cards">
              {all.map((site) => (
                <SiteCard key={site.id} site={site} />
              ))}
            </ul>
          )
        }
      </Ready>
    </>
  );
}

function SiteCard({ site }: { site: SiteView }) {
  const steps = stepsOf(site);
  const done = steps.filter((step) => step.done).length;
  return (
    <li class="panel-card site-card">
      <h2>
        <a href={address({ name: "site", site: site.id })}>{site.name}</a>
      </h2>
      <p class="quiet cut">{site.origins.join(", ") || t("site_no_origin")}</p>
      <p class="site-progress">
        <progress max={steps.length} value={done} aria-label={t("setup_list")} />
        <span>{done === steps.length ? t("setup_done") : t("setup_steps", { done, all: steps.length })}</span>
      </p>
    </li>
  );
}

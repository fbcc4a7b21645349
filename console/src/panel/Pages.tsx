/** The store's pages that the visitor saw, the current one first; says why a list is short. */
import { useState } from "preact/hooks";
import { pathOf } from "../names";
import { type ConversationDetails, format, LINK_REL, type PageVisit, safeLink } from "../shared";
import { lang, t } from "../words";

/** Pages beyond these are folded: products stand below them. */
const PAGES_SHOWN = 8;

export function Pages({ details }: { details: ConversationDetails | undefined }) {
  const [all, setAll] = useState(false);
  if (!details) return null;
  const visits = [...details.visits].reverse();
  const folded = visits.length - PAGES_SHOWN;
  return (
    <>
      {visits.length === 0 && <p class="quiet">{t("pages_none")}</p>}
      <ol class="pages">
        {visits.slice(0, all ? undefined : PAGES_SHOWN).map((visit, place) => (
          <Page key={visit.id} visit={visit} current={place === 0 && details.row.stage !== "closed"} />
        ))}
      </ol>
      {folded > 0 && (
        <p>
          <button type="button" class="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t("pages_fewer") : t("pages_more", { count: folded })}
          </button>
        </p>
      )}
      {!details.visits_consented && (
        <p class="quiet">
          {t("pages_no_consent", { time: format.time(details.row.started_at, lang.value) })}
        </p>
      )}
    </>
  );
}

function Page({ visit, current }: { visit: PageVisit; current: boolean }) {
  const { url, title } = visit.page;
  const link = safeLink(url);
  const words = title || pathOf(url);
  return (
    <li class="page-visit">
      <time dateTime={visit.at} title={format.dateTime(visit.at, lang.value)}>
        {format.time(visit.at, lang.value)}
      </time>
      <span class="page-words">
        {link ? (
          <a href={link} rel={LINK_REL} target="_blank">
            <bdi>{words}</bdi>
          </a>
        ) : (
          <bdi>{words}</bdi>
        )}
        <span class="page-path cut">{pathOf(url)}</span>
      </span>
      {current && <span class="chip chip-ok">{t("page_current")}</span>}
    </li>
  );
}

/** A site's settings as they stand in a form, and as the server takes them. Pure. */
import type { NewSite, SiteChange, SiteView } from "../shared";

export interface SiteDraft {
  name: string;
  /** One a line. */
  origins: string;
  lang: string;
  currency: string;
  shopUrl: string;
  accent: string;
  queryKeep: string;
  goneSeconds: string;
}

export function draftOf(site: SiteView): SiteDraft {
  return {
    name: site.name,
    origins: site.origins.join("\n"),
    lang: site.lang,
    currency: site.currency,
    shopUrl: site.shop_url ?? "",
    accent: site.accent,
    queryKeep: site.query_keep.join(" "),
    goneSeconds: String(site.agent_gone_seconds),
  };
}

export function newSiteOf(
  draft: Pick<SiteDraft, "name" | "origins" | "lang" | "currency" | "shopUrl">,
): NewSite {
  const shop = draft.shopUrl.trim();
  return {
    name: draft.name.trim(),
    origins: originsOf(draft.origins),
    lang: draft.lang,
    currency: draft.currency.trim().toUpperCase(),
    ...(shop === "" ? {} : { shop_url: shop }),
  };
}

/** Only what differs: two admins may change different things at once. */
export function changeOf(site: SiteView, draft: SiteDraft): SiteChange {
  const was = draftOf(site);
  const changed = (name: keyof SiteDraft) => draft[name].trim() !== was[name].trim();
  return {
    ...(changed("name") ? { name: draft.name.trim() } : {}),
    ...(changed("origins") ? { origins: originsOf(draft.origins) } : {}),
    ...(changed("lang") ? { lang: draft.lang } : {}),
    ...(changed("currency") ? { currency: draft.currency.trim().toUpperCase() } : {}),
    ...(changed("shopUrl") ? { shop_url: draft.shopUrl.trim() } : {}),
    ...(changed("accent") ? { accent: draft.accent.trim() } : {}),
    ...(changed("queryKeep") ? { query_keep: draft.queryKeep.split(/[\s,]+/).filter(Boolean) } : {}),
    ...(changed("goneSeconds") ? { agent_gone_seconds: Number(draft.goneSeconds) } : {}),
  };
}

/** An address with a path is taken as its origin: that is what people paste. A star stays, to be refused by name. */
export function originsOf(text: string): string[] {
  const lines = text.split(/[\s,]+/).filter(Boolean);
  return [
    ...new Set(
      lines.map((line) => (URL.canParse(line) && /^https?:[^*]+$/.test(line) ? new URL(line).origin : line)),
    ),
  ];
}

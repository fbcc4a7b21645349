/**
 * The pages that the visitor saw: in the page's memory, and kept across pages
 * only while the store's consent tool has said yes.
 *
 * They leave the browser when a conversation begins, after the visitor could
 * strike some out; the panel sends them and gives them their ids then.
 */
import type { PageRef } from "../shared/protocol";
import type { Kept } from "./kept";

/** As many as a conversation may begin with. */
export const VISITS_MAX = 50;
/** The wire's bound on an address; one is ASCII here, so characters are bytes. */
const ADDRESS_MAX = 2_048;
/** Characters of a title: 3 bytes each at most, 300 on the wire. */
const TITLE_MAX = 100;

/** A page visit that was not sent yet. */
export interface Seen {
  id?: string;
  page: PageRef;
  at: string;
}

export interface PageVisits {
  consented(): boolean;
  /** Oldest first, the page shown now among them; without consent it stands alone. */
  list(): readonly Seen[];
  /** The page shown now, unless the visitor struck it out. */
  current(): Seen | undefined;
  /** Takes the page shown now, in the merchant's words where they have said any; answers it if it is another one. */
  record(said?: Partial<PageRef>): Seen | undefined;
  consent(given: boolean): void;
  strike(visit: Seen): void;
}

export function pageVisits(store: Kept, queryKeep: readonly string[]): PageVisits {
  let list = (store.read() ?? []) as Seen[];
  // A list is only ever kept after a yes, so that there being one says so.
  let consented = list.length > 0;
  // A page that is loaded again is the same visit.
  let now = list.at(-1);
  const keepOnly = (wanted: (visit: Seen) => boolean) => {
    list = list.filter(wanted).slice(-VISITS_MAX);
    if (consented) store.write(list);
  };
  return {
    consented: () => consented,
    list: () => list,
    current: () => list.find((visit) => visit === now),
    record({ url = location.href, title = document.title } = {}) {
      const page = { url: scrub(url, queryKeep), title: title.slice(0, TITLE_MAX).toWellFormed() };
      const another = now?.page.url !== page.url;
      if (!now || another) {
        now = { page, at: new Date().toISOString() };
        list.push(now);
      }
      now.page = page;
      keepOnly((visit) => consented || visit === now);
      return another ? now : undefined;
    },
    consent(given) {
      consented = given;
      if (!given) store.remove();
      keepOnly((visit) => given || visit === now);
    },
    strike: (struck) => keepOnly((visit) => visit !== struck),
  };
}

/** No fragment, no sign-in, no query value but those that the site lists. */
export function scrub(address: string, keep: readonly string[]): string {
  const url = new URL(address, location.href);
  for (const name of [...url.searchParams.keys()]) if (!keep.includes(name)) url.searchParams.delete(name);
  url.hash = url.username = url.password = "";
  return url.href.slice(0, ADDRESS_MAX);
}

/**
 * The pages that the visitor saw: in the page's memory, and kept across pages
 * only while the store's consent tool has said yes.
 *
 * They leave the browser when a conversation begins (the panel asks `begin`),
 * after the visitor could strike some out. Sending is left to the panel.
 */
import { newId } from "../shared/id";
import type { PageRef, PageVisit } from "../shared/protocol";
import type { Kept } from "./contract";

/** As many as a conversation may begin with. */
export const VISITS_MAX = 50;
/** Bounds of the wire, in bytes of UTF-8. */
const ADDRESS_BYTES_MAX = 2_048;
const TITLE_BYTES_MAX = 300;

export class Visits {
  consented: boolean;
  #list: PageVisit[];
  #kept: Kept;
  #keep: readonly string[];
  /** The page shown now; its visit may have been struck out. */
  #now: { id: string; url: string } | undefined;
  /** The merchant's own word on the current page, by `set`. */
  #said: Partial<PageRef> = {};

  constructor(kept: Kept, queryKeep: readonly string[]) {
    this.#kept = kept;
    this.#keep = queryKeep;
    const before = read(kept);
    // A list is only ever kept after a yes, so that there being one says so.
    this.consented = before !== undefined;
    this.#list = before ?? [];
  }

  /** The page now, oldest first before it; without consent it stands alone. */
  get list(): readonly PageVisit[] {
    return this.#list;
  }

  /** The page shown now, unless the visitor struck it out. */
  get current(): PageVisit | undefined {
    return this.#list.find((visit) => visit.id === this.#now?.id);
  }

  /** Takes the page that is shown now; answers it if it is another than the last. */
  record(): PageVisit | undefined {
    const page = this.#page();
    if (this.#now?.url === page.url) {
      if (this.current) this.current.page.title = page.title;
      return undefined;
    }
    const visit = { id: newId(), page, at: new Date().toISOString() };
    this.#now = { id: visit.id, url: page.url };
    this.#list = this.consented ? [...this.#list, visit].slice(-VISITS_MAX) : [visit];
    this.#save();
    return visit;
  }

  say(page: Partial<PageRef>): void {
    this.#said = page;
    this.record();
  }

  consent(given: boolean): void {
    this.consented = given;
    if (!given) {
      this.#list = this.#list.filter((visit) => visit.id === this.#now?.id);
      this.#kept.remove();
    }
    this.#save();
  }

  strike(id: string): void {
    this.#list = this.#list.filter((visit) => visit.id !== id);
    this.#save();
  }

  /** The merchant's address and title last for the page they were said on. */
  moved(): PageVisit | undefined {
    this.#said = {};
    return this.record();
  }

  #page(): PageRef {
    const url = scrub(this.#said.url ?? location.href, this.#keep);
    return {
      url: cut(url, ADDRESS_BYTES_MAX),
      title: cut(this.#said.title ?? document.title, TITLE_BYTES_MAX),
    };
  }

  #save(): void {
    if (this.consented) this.#kept.write(JSON.stringify(this.#list));
  }
}

/** No fragment, no sign-in, no query value but those that the site lists. */
export function scrub(address: string, keep: readonly string[]): string {
  const url = new URL(address, document.baseURI);
  for (const name of [...url.searchParams.keys()]) if (!keep.includes(name)) url.searchParams.delete(name);
  url.hash = url.username = url.password = "";
  return url.href;
}

/** At most so many bytes of UTF-8, never half a character, and well-formed. */
export function cut(text: string, bytes: number): string {
  const encoded = new TextEncoder().encode(text).subarray(0, bytes);
  return new TextDecoder().decode(encoded).replace(/\uFFFD+$/, "");
}

function read(kept: Kept): PageVisit[] | undefined {
  try {
    const list: unknown = JSON.parse(kept.read() ?? "");
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

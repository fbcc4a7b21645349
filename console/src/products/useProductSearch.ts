/** Searching a site's catalog as one types: a short pause, one question in flight, late answers dropped. */
import { useEffect, useState } from "preact/hooks";
import { asRefusal, get } from "../api";
import type { CatalogHit, CatalogHits, Correction, SiteId } from "../shared";
import { wasCancelled } from "../upload";

const DEBOUNCE_MS = 50;
/** While the index is rebuilt the server says `try_later`: asked again by itself. */
const AGAIN_MS = 1_500;
const HITS_MAX = 12;

export interface Found {
  /** The question that the hits answer. */
  query: string;
  hits: readonly CatalogHit[];
  corrections: readonly Correction[];
  state: "idle" | "searching" | "found" | "later" | "failed";
}

const nothing: Found = { query: "", hits: [], corrections: [], state: "idle" };

export function useProductSearch(site: SiteId, text: string): Found {
  const [found, setFound] = useState<Found>(nothing);
  const [turn, setTurn] = useState(0);
  const q = text.trim();
  useEffect(() => {
    if (q === "") {
      setFound(nothing);
      return;
    }
    const abort = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      setFound((before) => ({ ...before, state: "searching" }));
      try {
        const path = `/sites/${site}/catalog/search?q=${encodeURIComponent(q)}&limit=${HITS_MAX}`;
        const { hits, corrections } = await get<CatalogHits>(path, abort.signal);
        if (!abort.signal.aborted) setFound({ query: q, hits, corrections, state: "found" });
      } catch (failure) {
        if (wasCancelled(failure) || abort.signal.aborted) return;
        const later = asRefusal(failure).code === "try_later";
        setFound({ ...nothing, query: q, state: later ? "later" : "failed" });
        if (later) again = setTimeout(() => setTurn((count) => count + 1), AGAIN_MS);
      }
    };
    const timer = setTimeout(() => void ask(), DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      clearTimeout(again);
      abort.abort();
    };
  }, [site, q, turn]);
  return found;
}

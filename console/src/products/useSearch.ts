/**
 * Searching a site's catalog as one types: after a short pause by beginnings of words, after a longer
 * one ranked; one question in flight, late answers dropped, a busy or rebuilding catalog asked again.
 */
import { useEffect, useReducer, useRef } from "preact/hooks";
import { asRefusal, get } from "../api";
import type { CatalogHits, CatalogStatus, SiteId } from "../shared";
import { wasCancelled } from "../upload";
import { asksNothing, type Depth, searchPath } from "./question";
import { noSearch, type Search, type SearchInput, step } from "./searching";

const TYPING_MS = 50;
/** A pause after which the words are taken as complete. */
const PAUSE_MS = 400;
const AGAIN_MS = 1_500;

export interface Searching {
  search: Search;
  put: (input: SearchInput) => void;
  /** The list is being walked: it must not be put in another order now. */
  hold: () => void;
}

export function useSearch(site: SiteId, lang: string): Searching {
  const [search, put] = useReducer(step, noSearch);
  const { question, pace } = search;
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  const abort = useRef<AbortController>();
  const turn = useRef(0);
  turn.current = search.turn;

  const ask = (depth: Depth) => {
    abort.current?.abort();
    abort.current = new AbortController();
    const { signal } = abort.current;
    const asked = turn.current;
    get<CatalogHits>(searchPath(site, lang, question, depth), signal).then(
      (hits) => put({ type: "answered", turn: asked, depth, hits }),
      async (failure) => {
        if (wasCancelled(failure) || signal.aborted) return;
        if (asRefusal(failure).code !== "try_later") return put({ type: "failed", turn: asked });
        const why = await whyLater(site);
        if (signal.aborted) return;
        put({ type: "put_off", turn: asked, why });
        later(() => ask(depth), AGAIN_MS);
      },
    );
  };
  const later = (then: () => void, ms: number) => timers.current.push(setTimeout(then, ms));
  const quiet = () => {
    for (const timer of timers.current.splice(0)) clearTimeout(timer);
  };
  useEffect(() => {
    // A menu may ask what there is to choose from before anything is looked for.
    if (asksNothing(question) && search.state !== "asking") return;
    if (pace === "chosen") ask("ranked");
    else {
      later(() => ask("type_ahead"), TYPING_MS);
      later(() => ask("ranked"), PAUSE_MS);
    }
    return () => {
      quiet();
      abort.current?.abort();
    };
  }, [site, lang, question, pace, search.turn]);
  const hold = () => {
    // What is not answered yet must still come: there is nothing to walk through but older words.
    if (search.state !== "answered") return;
    quiet();
    abort.current?.abort();
  };
  return { search, put, hold };
}

async function whyLater(site: SiteId): Promise<"rebuilding" | "busy"> {
  try {
    return (await get<CatalogStatus>(`/sites/${site}/catalog/status`)).rebuilding ? "rebuilding" : "busy";
  } catch {
    return "busy";
  }
}

/**
 * A search as it goes on: the question being written, the newest answer, what stands in its way.
 *
 * Pure: `step(search, input)` gives the next state. Each question raises `turn`; an answer to an older
 * one is dropped, so that what is shown never goes back to what was typed before. Timers and
 * requests are useSearch.ts's.
 */
import type { CatalogCounts, CatalogHits, CatalogSort, Money } from "../shared";
import { fold } from "./highlight";
import {
  asksNothing,
  type Depth,
  type Filters,
  HITS_FIRST,
  HITS_MAX,
  noQuestion,
  type Question,
} from "./question";

export interface Answer extends CatalogHits {
  question: Question;
  depth: Depth;
}

export interface Search {
  question: Question;
  /** Words come letter by letter and are asked for in two depths; what is chosen is ranked at once. */
  pace: "typing" | "chosen";
  turn: number;
  state: "idle" | "asking" | "answered" | "rebuilding" | "busy" | "failed";
  /** Stays until a newer one is here. */
  answer?: Answer | undefined;
  /** Of the last ranked answer: what the filters offer. */
  counts?: CatalogCounts | undefined;
  /** Any price of this catalog: its currency says what a typed amount is. */
  like?: Money | undefined;
}

export type SearchInput =
  | { type: "written"; text: string }
  | { type: "filtered"; filters: Filters }
  | { type: "sorted"; sort: CatalogSort }
  | { type: "as_typed"; on: boolean }
  | { type: "more" }
  /** Enter, a second try, or a menu that wants to know what there is to choose from. */
  | { type: "ranked" }
  | { type: "answered"; turn: number; depth: Depth; hits: CatalogHits }
  | { type: "put_off"; turn: number; why: "rebuilding" | "busy" }
  | { type: "failed"; turn: number };

export const noSearch: Search = { question: noQuestion, pace: "typing", turn: 0, state: "idle" };

export function step(search: Search, input: SearchInput): Search {
  switch (input.type) {
    case "written": {
      const { text } = input;
      if (text.trim() === search.question.text.trim())
        return { ...search, question: { ...search.question, text } };
      return asking(search, { text, asTyped: false, limit: HITS_FIRST }, "typing");
    }
    case "filtered":
      return asking(search, { filters: input.filters, limit: HITS_FIRST }, "chosen");
    case "sorted":
      return asking(search, { sort: input.sort, limit: HITS_FIRST }, "chosen");
    case "as_typed":
      return asking(search, { asTyped: input.on, limit: HITS_FIRST }, "chosen");
    case "more":
      return asking(search, { limit: HITS_MAX }, "chosen");
    case "ranked":
      return { ...asking(search, {}, "chosen"), state: "asking" };
    case "answered":
      return input.turn === search.turn ? answered(search, input.depth, input.hits) : search;
    case "put_off":
      return input.turn === search.turn ? { ...search, state: input.why } : search;
    case "failed":
      return input.turn === search.turn ? { ...search, state: "failed" } : search;
  }
}

/** A new question puts what is on its way out of date. */
function asking(search: Search, change: Partial<Question>, pace: Search["pace"]): Search {
  const question = { ...search.question, ...change };
  const turn = search.turn + 1;
  // What the filters offer belongs to the words: with other words it is asked anew.
  const counts = question.text === search.question.text ? search.counts : undefined;
  if (asksNothing(question)) return { question, pace, turn, state: "idle", counts, like: search.like };
  return { ...search, question, pace, turn, state: "asking", counts };
}

function answered(search: Search, depth: Depth, hits: CatalogHits): Search {
  const { question, answer } = search;
  // By beginnings of words, and overtaken by the ranked answer to the same question.
  if (answer?.question === question && answer.depth === "ranked" && depth === "type_ahead") return search;
  const counts = hits.counts ?? search.counts;
  const priced = hits.hits.find((hit) => hit.card.price);
  const like = counts?.prices?.least ?? priced?.card.price ?? search.like;
  // Asked only to know what there is to choose from: there is nothing to list.
  if (asksNothing(question)) return { ...search, state: "idle", counts, like };
  return { ...search, state: "answered", answer: { ...hits, question, depth }, counts, like };
}

/** The words that an answer was found by: typed ones, and what was read in place of some. */
export function wordsFound(answer: Answer): string {
  return [answer.query, ...answer.corrections.map((one) => one.read_as)].join(" ");
}

/** The question as it was read, corrected words in their places. */
export function readAs({ query, corrections }: Pick<CatalogHits, "query" | "corrections">): string {
  const left = [...corrections];
  const words = query.split(/([^\p{L}\p{N}]+)/u).map((word) => {
    const at = left.findIndex((one) => fold(one.typed) === fold(word));
    return at < 0 ? word : left.splice(at, 1)[0]?.read_as;
  });
  // What was not found among the words (parted or joined ones) is said after them.
  return [words.join(""), ...left.map((one) => one.read_as)].join(" ").trim();
}

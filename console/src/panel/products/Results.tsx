/** What a search found, and in words how it was found, or why nothing was and what can be done about it. */
import { useEffect } from "preact/hooks";
import { type Filter, filtersOn, HITS_MAX, noFilters, withoutKind } from "../../products/question";
import { type Answer, readAs, wordsFound } from "../../products/searching";
import type { Searching } from "../../products/useSearch";
import type { CatalogSort, ConversationRow, FilterLoss } from "../../shared";
import { announce } from "../../ui/announcer";
import { t } from "../../words";
import { filterWords } from "./Filters";
import { ProductList } from "./ProductList";

const SORTS: readonly CatalogSort[] = ["relevance", "price_up", "price_down", "title"];

interface ResultsProps {
  row: ConversationRow;
  mine: boolean;
  searching: Searching;
}

export function Results({ row, mine, searching }: ResultsProps) {
  const { search, put, hold } = searching;
  const { answer } = search;
  useEffect(() => {
    if (search.state === "answered" && answer?.depth === "ranked") announce(totalWords(answer));
  }, [answer, search.state]);
  return (
    <div class="results" aria-busy={search.state === "asking"} onFocusCapture={hold}>
      <Standing search={search} put={put} />
      {answer && search.state !== "failed" && (
        <>
          <HowFound answer={answer} put={put} />
          {answer.hits.length === 0 ? (
            <Nothing searching={searching} answer={answer} />
          ) : (
            <>
              <div class="results-head">
                <p class="quiet">{totalWords(answer)}</p>
                <Sort search={search} put={put} />
              </div>
              <ProductList
                row={row}
                mine={mine}
                label={t("products_found")}
                items={answer.hits.map((hit) => ({ hit }))}
                words={wordsFound(answer)}
              />
              {answer.hits.length < Math.min(answer.total, HITS_MAX) && (
                <button type="button" class="button button-small" onClick={() => put({ type: "more" })}>
                  {t("products_more")}
                </button>
              )}
            </>
          )}
        </>
      )}
    </div>
  );
}

function Sort({ search, put }: Pick<Searching, "search" | "put">) {
  return (
    <label>
      <span class="only-read">{t("sort")}</span>
      <select
        class="filter-button"
        value={search.question.sort}
        onChange={(event) => put({ type: "sorted", sort: event.currentTarget.value as CatalogSort })}
      >
        {SORTS.map((one) => (
          <option key={one} value={one}>
            {t(`sort_${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function totalWords({ hits, total, query }: Answer): string {
  if (total === 0) return query === "" ? t("products_none_fit") : t("products_not_found", { q: query });
  return hits.length < total
    ? t("products_first", { shown: hits.length, count: total })
    : t("products_total", { count: total });
}

/** What stands in the way of an answer. */
function Standing({ search, put }: Pick<Searching, "search" | "put">) {
  switch (search.state) {
    case "idle":
    case "answered":
      return null;
    case "asking":
      return search.answer ? null : <p class="quiet">{t("searching")}</p>;
    case "rebuilding":
      return <p class="callout">{t("products_rebuilding")}</p>;
    case "busy":
      return <p class="callout">{t("products_busy")}</p>;
    case "failed":
      return (
        <p class="field-error">
          {t("products_failed")}{" "}
          <button type="button" class="link-button" onClick={() => put({ type: "ranked" })}>
            {t("retry")}
          </button>
        </p>
      );
  }
}

/** Corrections with the way back from them, and words that nothing was found by. */
function HowFound({ answer, put }: { answer: Answer } & Pick<Searching, "put">) {
  const { corrections, dropped, query, question } = answer;
  return (
    <>
      {corrections.length > 0 && (
        <p class="how-found">
          {t("products_corrected", { words: readAs(answer) })}{" "}
          <button type="button" class="link-button" onClick={() => put({ type: "as_typed", on: true })}>
            {t("products_as_typed", { q: query })}
          </button>
        </p>
      )}
      {question.asTyped && (
        <p class="how-found">
          {t("products_typed", { q: query })}{" "}
          <button type="button" class="link-button" onClick={() => put({ type: "as_typed", on: false })}>
            {t("products_correct")}
          </button>
        </p>
      )}
      {dropped.length > 0 && answer.hits.length > 0 && (
        <p class="how-found">{t("products_dropped", { count: dropped.length, words: dropped.join(", ") })}</p>
      )}
    </>
  );
}

/** Nothing found: which filter is in the way, and one click takes it out. */
function Nothing({ searching: { search, put }, answer }: { searching: Searching; answer: Answer }) {
  const { filters } = search.question;
  return (
    <>
      <p class="quiet">{totalWords(answer)}</p>
      {answer.without.length > 0 && (
        <ul class="losses">
          {answer.without.map((loss) => (
            <li key={`${loss.filter} ${loss.attribute ?? ""}`}>
              <button
                type="button"
                class="button button-small"
                onClick={() =>
                  put({ type: "filtered", filters: withoutKind(filters, loss.filter, loss.attribute) })
                }
              >
                {t("products_without", {
                  filter: filtersOf(loss, filtersOn(filters))
                    .map((one) => filterWords(one, search.like))
                    .join(", "),
                  count: loss.products,
                })}
              </button>
            </li>
          ))}
        </ul>
      )}
      {filtersOn(filters).length === 0 && <p class="quiet">{t("products_not_found_hint")}</p>}
      {answer.without.length === 0 && filtersOn(filters).length > 0 && (
        <button
          type="button"
          class="button button-small"
          onClick={() => put({ type: "filtered", filters: noFilters })}
        >
          {t("filters_clear")}
        </button>
      )}
    </>
  );
}

function filtersOf({ filter, attribute }: FilterLoss, on: readonly Filter[]): Filter[] {
  return on.filter((one) => one.kind === filter && (one.kind !== "attribute" || one.name === attribute));
}

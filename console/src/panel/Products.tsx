/**
 * The catalog beside the conversation: what fits it now, what is at hand, and searching everything.
 *
 * This file puts the parts together and gives them their keys; they are in panel/products.
 */
import "../style/products.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { firstSuggestion, searchWanted } from "../products/call";
import { asksNothing } from "../products/question";
import { brokenWords, whyWords } from "../products/reasons";
import { atHand, loadShelf } from "../products/shelf";
import { type Suggesting, type SuggestingInput, sentSince } from "../products/suggesting";
import { sendComparison } from "../products/ticks";
import { useSearch } from "../products/useSearch";
import { useSuggestions } from "../products/useSuggestions";
import { address } from "../router";
import { me } from "../session";
import { type ConversationId, type ConversationRow, Icon, icons, type SiteId } from "../shared";
import type { Room } from "../state/view";
import { lang, t } from "../words";
import { CompareBar } from "./products/CompareBar";
import { Filters } from "./products/Filters";
import { ProductList } from "./products/ProductList";
import { Results } from "./products/Results";
import { Suggested } from "./products/Suggested";
import { focusFirst, focusSearch, toTop, walk } from "./products/walk";

interface ProductsProps {
  room: Room;
  row: ConversationRow;
  /** Only the agent in charge may send. */
  mine: boolean;
}

export function Products({ room, row, mine }: ProductsProps) {
  const who = me.value;
  const known = who?.sites.find((one) => one.id === row.site);
  if (known && known.catalog_products === 0)
    return <NoCatalog site={row.site} admin={who?.role === "admin"} />;
  return <Catalog room={room} row={row} mine={mine} />;
}

function Catalog({ room, row, mine }: ProductsProps) {
  const root = useRef<HTMLDivElement>(null);
  const searching = useSearch(row.site, row.lang);
  const [suggesting, suggest] = useSuggestions(room, row, mine, true);
  const { search } = searching;
  useEffect(() => void loadShelf(row), [row.site, row.lang]);
  const idle = asksNothing(search.question);
  useSearchWanted(root, row.id);
  useFocusKept(root);
  useFirst(room, row, mine, suggesting, suggest);

  const onKeyDown = (event: KeyboardEvent) => {
    const field = event.target instanceof HTMLInputElement;
    if (root.current && walk(root.current, event)) event.preventDefault();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && mine) {
      event.preventDefault();
      event.stopPropagation();
      sendComparison(row.id);
    } else if (event.key === "Escape" && !field && (event.target as HTMLElement).closest("[data-row]")) {
      event.stopPropagation();
      focusSearch(root.current);
    }
  };
  return (
    <div ref={root} class={idle ? "catalog" : "catalog catalog-searched"} onKeyDown={onKeyDown}>
      <SearchField searching={searching} mine={mine} onWalk={() => focusFirst(root.current)} />
      {idle ? (
        <>
          <Suggested row={row} mine={mine} now={suggesting} put={suggest} />
          <AtHand row={row} mine={mine} />
        </>
      ) : (
        <Results row={row} mine={mine} searching={searching} />
      )}
      {mine && <CompareBar row={row} />}
    </div>
  );
}

interface SearchFieldProps {
  searching: ReturnType<typeof useSearch>;
  mine: boolean;
  onWalk: () => boolean;
}

function SearchField({ searching, mine, onWalk }: SearchFieldProps) {
  const { search, put } = searching;
  const { question, answer } = search;
  const [asked, setAsked] = useState<boolean>();
  const shown = asked ?? question.text.trim() !== "";
  const ranked = answer?.question === question && answer.depth === "ranked";
  return (
    <>
      <label class="field-label" for="product-search">
        {t("products_search")}
      </label>
      <div class="search-line">
        <span class="search-field">
          <Icon d={icons.search} size={18} />
          <input
            id="product-search"
            type="search"
            class="input"
            autocomplete="off"
            spellcheck={false}
            value={question.text}
            placeholder={t("products_begin")}
            aria-describedby="product-keys"
            onInput={(event) => {
              // What is found stands below: it needs the room of what stands above.
              if (question.text === "") toTop(event.currentTarget);
              put({ type: "written", text: event.currentTarget.value });
            }}
            onKeyDown={(event) => {
              if (event.isComposing) return;
              if (event.key === "Escape" && question.text !== "") {
                event.preventDefault();
                event.stopPropagation();
                put({ type: "written", text: "" });
              }
              if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
              event.preventDefault();
              // Enter first asks in full, and leads into what is found.
              if (ranked) onWalk();
              else put({ type: "ranked" });
            }}
          />
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={t("filters")}
          title={t("filters")}
          aria-expanded={shown}
          onClick={() => setAsked(!shown)}
        >
          <Icon d={icons.sliders} size={18} />
        </button>
      </div>
      <p id="product-keys" class="list-keys">
        {t(mine ? "products_keys" : "products_begin_reading")}
      </p>
      <Filters {...searching} shown={shown} />
    </>
  );
}

function AtHand({ row, mine }: { row: ConversationRow; mine: boolean }) {
  const { pinned, recent } = atHand(row);
  const pins = new Set(pinned.map((hit) => hit.card.product));
  const others = recent.filter((hit) => !pins.has(hit.card.product));
  return (
    <>
      {pinned.length > 0 && (
        <section>
          <h3>{t("at_hand_pinned")}</h3>
          <ProductList
            row={row}
            mine={mine}
            label={t("at_hand_pinned")}
            items={pinned.map((hit) => ({ hit }))}
          />
        </section>
      )}
      {others.length > 0 && (
        <section>
          <h3>{t("at_hand_recent")}</h3>
          <ProductList
            row={row}
            mine={mine}
            label={t("at_hand_recent")}
            items={others.map((hit) => ({ hit }))}
          />
        </section>
      )}
    </>
  );
}

/** What was pressed may go with what it changed, a filter's chip for one: the field is where one goes on. */
function useFocusKept(root: { current: HTMLDivElement | null }): void {
  const within = useRef(false);
  useEffect(() => {
    const element = root.current;
    const enter = () => {
      within.current = true;
    };
    const leave = ({ target, relatedTarget }: FocusEvent) => {
      // An element that is taken away leaves, too, and is only then no part of the page.
      queueMicrotask(() => {
        if (target instanceof Node && target.isConnected)
          within.current = relatedTarget instanceof Node && element?.contains(relatedTarget) === true;
      });
    };
    element?.addEventListener("focusin", enter);
    element?.addEventListener("focusout", leave);
    const watch = new MutationObserver(() => {
      if (within.current && document.activeElement === document.body) focusSearch(element);
    });
    if (element) watch.observe(element, { childList: true, subtree: true });
    return () => {
      watch.disconnect();
      element?.removeEventListener("focusin", enter);
      element?.removeEventListener("focusout", leave);
    };
  }, []);
}

/** Alt+R comes from elsewhere on the page, and may come before this part was fetched. */
function useSearchWanted(root: { current: HTMLDivElement | null }, conversation: ConversationId): void {
  const wanted = searchWanted.value;
  useEffect(() => {
    if (wanted !== conversation) return;
    searchWanted.value = undefined;
    const fold = root.current?.closest("details");
    if (fold) fold.open = true;
    // After the drawer, which opens with its own focus.
    requestAnimationFrame(() => focusSearch(root.current, true));
  }, [wanted]);
}

/** What the composer offers: the first suggestion that was not sent since the visitor spoke. */
function useFirst(
  room: Room,
  row: ConversationRow,
  mine: boolean,
  { shown }: Suggesting,
  suggest: (input: SuggestingInput) => void,
): void {
  const sent = sentSince(room);
  const first = mine ? shown?.suggestions.find((one) => !sent.has(one.hit.card.product)) : undefined;
  useEffect(() => {
    firstSuggestion.value = first && {
      conversation: row.id,
      hit: first.hit,
      why: [whyWords(first, shown?.on_page?.card), brokenWords(first)].filter(Boolean).join(" · "),
      hold: (on) => suggest({ type: on ? "held" : "let_go" }),
    };
  }, [first, row.id, lang.value]);
  useEffect(
    () => () => {
      firstSuggestion.value = undefined;
    },
    [],
  );
}

function NoCatalog({ site, admin }: { site: SiteId; admin: boolean }) {
  return (
    <div class="quiet">
      <p>{t("products_none")}</p>
      {admin ? (
        <a class="button button-small" href={address({ name: "catalog", site })}>
          <Icon d={icons.upload} size={16} />
          {t("catalog_import")}
        </a>
      ) : (
        <p>{t("products_none_ask")}</p>
      )}
    </div>
  );
}

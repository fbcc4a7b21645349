/**
 * Looking for a product from within a reply: what is listed for the words after `#`, and its keys.
 *
 * The textarea keeps the focus. With no word yet the list is what the agent has at hand; Tab goes into
 * the variants of the chosen product and Shift+Tab back; Enter sends, after the answer to the last letter.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../api";
import { productPath } from "../products/current";
import { type Search, wordsFound } from "../products/searching";
import { atHand, loadShelf } from "../products/shelf";
import { useSearch } from "../products/useSearch";
import type { CatalogHit, CatalogProduct, ConversationRow } from "../shared";
import { announce } from "../ui/announcer";
import { t } from "../words";
import type { Finder } from "./finder";

export interface Finding {
  search: Search;
  /** What Enter may choose from: products, or the variants of one. */
  options: readonly CatalogHit[];
  chosen: number;
  /** The product whose variants are listed. */
  of?: CatalogHit | undefined;
  /** To mark in the titles. */
  words: string;
  choose: (place: number) => void;
  /** True when the key was for the list. */
  key: (event: KeyboardEvent) => boolean;
}

export function useFinder(
  row: ConversationRow,
  finder: Finder | undefined,
  send: (hit: CatalogHit) => void,
  close: () => void,
): Finding {
  const { search, put, hold } = useSearch(row.site, row.lang);
  const [chosen, setChosen] = useState(0);
  const [variants, setVariants] = useState<{ of: CatalogHit; cards: readonly CatalogHit[] }>();
  const awaited = useRef(false);
  const query = finder?.query;
  const open = finder !== undefined;

  useEffect(() => {
    if (open) void loadShelf(row);
  }, [open]);
  useEffect(() => {
    put({ type: "written", text: query ?? "" });
    setVariants(undefined);
    setChosen(0);
    awaited.current = false;
  }, [query]);

  const fresh = search.answer?.question === search.question && search.question.text === query;
  const listed = query?.trim() === "" ? handy(row) : (search.answer?.hits ?? []);
  const options = variants?.cards ?? listed;
  useEffect(() => {
    const first = options[0];
    if (!awaited.current || !fresh) return;
    awaited.current = false;
    if (first) send(first);
  }, [fresh, search.answer]);

  const enter = () => {
    const hit = options[chosen];
    // What stands there still answers fewer letters: the one that was meant is on its way.
    if (variants || query?.trim() === "" || fresh || search.state !== "asking") return hit && send(hit);
    awaited.current = true;
  };
  const move = (by: number) => {
    hold();
    awaited.current = false;
    setChosen((chosen + by + options.length) % options.length);
  };
  const unfold = async () => {
    const of = options[chosen];
    if (!of || of.variants < 2 || variants) return;
    hold();
    try {
      const product = await get<CatalogProduct>(productPath(row, of.card.product));
      setVariants({ of, cards: product.variants.map((card) => ({ ...of, card })) });
      setChosen(0);
    } catch {
      announce(t("products_failed"));
    }
  };
  const fold = () => {
    if (!variants) return;
    setVariants(undefined);
    setChosen(
      Math.max(
        0,
        listed.findIndex((hit) => hit.card.product === variants.of.card.product),
      ),
    );
  };
  const key = (event: KeyboardEvent): boolean => {
    const act = actOf(event, variants !== undefined, options.length);
    if (!act) return false;
    event.preventDefault();
    event.stopPropagation();
    if (act === "close") close();
    else if (act === "fold") fold();
    else if (act === "unfold") void unfold();
    else if (act === "enter") enter();
    else move(act === "next" ? 1 : -1);
    return true;
  };
  const words = search.answer && !variants ? wordsFound(search.answer) : "";
  return { search, options, chosen, of: variants?.of, words, choose: setChosen, key };
}

type Act = "close" | "fold" | "unfold" | "enter" | "next" | "previous";

function actOf(event: KeyboardEvent, inVariants: boolean, count: number): Act | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  if (event.key === "Escape") return inVariants ? "fold" : "close";
  if (count === 0) return undefined;
  if (event.key === "Tab") return event.shiftKey ? (inVariants ? "fold" : undefined) : "unfold";
  if (event.shiftKey) return undefined;
  if (event.key === "Enter") return "enter";
  if (event.key === "ArrowDown") return "next";
  return event.key === "ArrowUp" ? "previous" : undefined;
}

function handy(row: ConversationRow): CatalogHit[] {
  const { pinned, recent } = atHand(row);
  const pins = new Set(pinned.map((hit) => hit.card.product));
  return [...pinned, ...recent.filter((hit) => !pins.has(hit.card.product))];
}

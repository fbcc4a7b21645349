/** What the inbox does for the keys of ui/keymap.ts. The opened conversation registers its part. */
import { signal } from "@preact/signals";
import { go, route } from "../router";
import { type Action, actionOf } from "../ui/keymap";
import { nextTab, shownRows } from "./ListColumn";

/** What can be done to the conversation on the screen, while there is one. */
export interface OpenActions {
  reply: () => void;
  note: () => void;
  /** To the catalog's search. */
  products: () => void;
  /** Recommends the first suggestion. */
  suggestion: () => void;
  close: (next?: () => void) => void;
}

export const openActions: { current: OpenActions | undefined } = { current: undefined };

export const helpShown = signal(false);

export function watchKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf(event);
    if (!action || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    run(action);
  };
  addEventListener("keydown", onKeyDown);
  return () => removeEventListener("keydown", onKeyDown);
}

function run(action: Action): void {
  switch (action) {
    case "next_conversation":
      walk(1);
      return;
    case "previous_conversation":
      walk(-1);
      return;
    case "next_tab": {
      const here = route.peek();
      if (here.name === "inbox") go({ name: "inbox", tab: nextTab(here.tab) });
      return;
    }
    case "reply":
      openActions.current?.reply();
      return;
    case "note":
      openActions.current?.note();
      return;
    case "products":
      openActions.current?.products();
      return;
    case "first_suggestion":
      openActions.current?.suggestion();
      return;
    case "close":
      openActions.current?.close();
      return;
    case "close_and_next":
      openActions.current?.close(() => walk(1));
      return;
    case "search":
      searchHistory();
      return;
    case "help":
      helpShown.value = true;
      return;
    case "next_region":
      walkRegions(1);
      return;
    case "previous_region":
      walkRegions(-1);
      return;
  }
}

/** In Waiting opening takes, so there the keys only move the focus. */
function walk(step: 1 | -1): void {
  const here = route.peek();
  if (here.name !== "inbox") return;
  const rows = shownRows(here.tab);
  const at = rows.findIndex((row) => row.id === here.conversation);
  const next = rows[at < 0 ? 0 : (at + step + rows.length) % rows.length];
  if (!next) return;
  if (here.tab === "waiting") document.querySelector<HTMLElement>(".row[tabindex='0']")?.focus();
  else go({ name: "inbox", tab: here.tab, conversation: next.id });
}

export function searchHistory(): void {
  go({ name: "inbox", tab: "history" });
  requestAnimationFrame(() => document.getElementById("history-search")?.focus());
}

const FOCUSABLE = "a[href], button:not([disabled]), input, textarea, select, summary, [tabindex='0']";

function walkRegions(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (one) => one.offsetParent !== null,
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + step + regions.length) % regions.length];
  const all = [...(next?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])].filter((one) => one.tabIndex >= 0);
  const wanted =
    next?.querySelector<HTMLElement>("[data-first]") ?? all.find((one) => one.offsetParent !== null);
  wanted?.focus();
}

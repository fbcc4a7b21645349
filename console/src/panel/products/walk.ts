/**
 * Walking the products by keys: rows up and down through all lists of the panel, what can be done with
 * one left and right, back to the search field above the first. The rows mark themselves with `data-row`.
 */
const SEARCH = "#product-search";

/** True when the key moved the focus, or had nowhere to move it. */
export function walk(root: HTMLElement, event: KeyboardEvent): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const from = event.target as HTMLElement;
  if (from.matches(SEARCH)) return event.key === "ArrowDown" && focus(rows(root)[0]);
  const row = from.closest<HTMLElement>("[data-row]");
  if (!row) return false;
  const typing = from instanceof HTMLInputElement;
  if (typing && event.key !== "ArrowDown" && event.key !== "ArrowUp") return false;
  switch (event.key) {
    case "ArrowDown":
    case "ArrowUp":
      return step(root, row, event.key === "ArrowDown" ? 1 : -1);
    case "Home":
      return focus(rows(root)[0]);
    case "End":
      return focus(rows(root).at(-1));
    case "ArrowRight":
    case "ArrowLeft":
      return aside(row, from, event.key === "ArrowRight" ? 1 : -1);
    default:
      return false;
  }
}

/** `atTop`: what is found below the field needs the room. */
export function focusSearch(root: HTMLElement | null | undefined, atTop = false): void {
  root?.querySelector<HTMLElement>(SEARCH)?.focus();
  if (root && atTop) toTop(root);
}

export function toTop(within: HTMLElement): void {
  within.closest("details")?.scrollIntoView({ block: "start" });
}

/** The first row found, from the search field. */
export function focusFirst(root: HTMLElement | null | undefined): boolean {
  return root ? focus(rows(root)[0]) : false;
}

function step(root: HTMLElement, row: HTMLElement, by: 1 | -1): boolean {
  const all = rows(root);
  const next = all[all.indexOf(row) + by];
  if (!next && by < 0) focusSearch(root);
  else focus(next);
  return true;
}

/** Among a row and its buttons. */
function aside(row: HTMLElement, from: HTMLElement, by: 1 | -1): boolean {
  const places = [row, ...row.querySelectorAll<HTMLElement>("button, a[href]")];
  const dir = getComputedStyle(row).direction === "rtl" ? -by : by;
  focus(places[places.indexOf(from) + dir]);
  return true;
}

function rows(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-row]")];
}

function focus(target: HTMLElement | undefined): boolean {
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
  return target !== undefined;
}

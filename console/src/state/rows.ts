/**
 * Which rows stand in which list, in which order. The orders are the server's, so that a live row
 * falls where the next page would bring it.
 */
import type { ConversationId, ConversationPage, ConversationRow } from "../shared";
import type { ListName, View } from "./view";

type Order = (a: ConversationRow, b: ConversationRow) => number;

const byId: Order = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Those who came back because their agent vanished, then the longest wait. */
const longestWait: Order = (a, b) =>
  Number(b.first_in_line) - Number(a.first_in_line) ||
  compare(a.waiting_since ?? a.started_at, b.waiting_since ?? b.started_at) ||
  byId(a, b);

const latestSaid: Order = (a, b) => compare(b.last.at, a.last.at) || byId(b, a);

const latestClosed: Order = (a, b) =>
  compare(b.closed_at ?? b.last.at, a.closed_at ?? a.last.at) || byId(b, a);

const orders: Record<ListName, Order> = {
  waiting: longestWait,
  mine: latestSaid,
  colleagues: latestSaid,
  history: latestClosed,
};

/** RFC 3339 in UTC with milliseconds sorts as text. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The list that a row stands in; a conversation that is still with the bot stands in none. */
export function listOf(view: Pick<View, "me">, row: ConversationRow): ListName | undefined {
  switch (row.stage) {
    case "bot":
      return undefined;
    case "waiting":
      return "waiting";
    case "in_progress":
      return row.in_charge?.id === view.me?.id ? "mine" : "colleagues";
    case "closed":
      return "history";
  }
}

export function edgeOf(page: ConversationPage): ConversationRow | undefined {
  return page.items.at(-1);
}

/** The rows of a list as far as it was read; what sorts after its last page waits for the next one. */
export function rowsOf(view: View, name: ListName): ConversationRow[] {
  const order = orders[name];
  const { next, edge } = view.lists[name];
  const rows = [...view.rows.values()].filter((row) => listOf(view, row) === name && onDuty(view, row));
  const reached = next !== undefined && edge ? rows.filter((row) => order(row, edge) <= 0) : rows;
  return reached.sort(order);
}

export function foundRows(view: View): ConversationRow[] {
  const ids: readonly ConversationId[] = view.search?.ids ?? [];
  return ids.flatMap((id) => view.rows.get(id) ?? []);
}

function onDuty(view: View, row: ConversationRow): boolean {
  return view.duty.includes(row.site);
}

/** Offers that wait for this agent's answer, soonest to end first. */
export function offersToMe(view: View): ConversationRow[] {
  return [...view.rows.values()]
    .filter(
      (row) => row.offer !== undefined && row.offer.to.id === view.me?.id && row.stage === "in_progress",
    )
    .sort((a, b) => compare(a.offer?.expires_at ?? "", b.offer?.expires_at ?? ""));
}

export function unreadOf(rows: readonly ConversationRow[]): number {
  return rows.reduce((sum, row) => sum + row.unread, 0);
}

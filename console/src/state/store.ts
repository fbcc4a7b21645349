/** The one view as a signal, and what the screens read of it. */
import { computed, signal } from "@preact/signals";
import type { ConversationId } from "../shared";
import { apply } from "./apply";
import type { Input } from "./input";
import { foundRows, offersToMe, rowsOf, unreadOf } from "./rows";
import { type Tiding, tidings } from "./tidings";
import { emptyView, type Room, type View } from "./view";

const state = signal<View>(emptyView);

export const view = computed(() => state.value);
export const self = computed(() => state.value.me);
export const linkState = computed(() => state.value.link);
export const presence = computed(() => state.value.presence);
export const duty = computed(() => state.value.duty);
export const counts = computed(() => state.value.counts);
export const colleagues = computed(() => state.value.colleagues);
export const lists = computed(() => state.value.lists);
export const search = computed(() => state.value.search);
export const rooms = computed(() => state.value.rooms);
export const rows = computed(() => state.value.rows);

/** The parts from which rows are ordered: typing in a room must not sort the lists again. */
const rowParts = computed(() => [rows.value, lists.value, duty.value, self.value, search.value] as const);
const fromRows = <Out>(read: (view: View) => Out) =>
  computed(() => {
    void rowParts.value;
    return read(state.peek());
  });

export const waitingRows = fromRows((all) => rowsOf(all, "waiting"));
export const myRows = fromRows((all) => rowsOf(all, "mine"));
export const colleaguesRows = fromRows((all) => rowsOf(all, "colleagues"));
export const historyRows = fromRows((all) => rowsOf(all, "history"));
export const foundInHistory = fromRows(foundRows);
export const offers = fromRows(offersToMe);
export const myUnread = computed(() => unreadOf(myRows.value));

const listeners = new Set<(tiding: Tiding) => void>();

/** What happened that somebody should be told, beyond what is drawn. */
export function onTiding(listener: (tiding: Tiding) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function dispatch(input: Input): void {
  const before = state.peek();
  const after = apply(before, input);
  if (after === before) return;
  state.value = after;
  for (const tiding of tidings(before, after, input)) {
    for (const listener of listeners) listener(tiding);
  }
}

export function roomNow(id: ConversationId): Room | undefined {
  return state.peek().rooms.get(id);
}

export function viewNow(): View {
  return state.peek();
}

export function forgetAll(): void {
  state.value = emptyView;
}

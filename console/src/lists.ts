/** What the inbox reads by HTTP: the pages of its lists, details, older events, colleagues. */
import { asRefusal, get } from "./api";
import type {
  AgentPresence,
  ConversationDetails,
  ConversationId,
  ConversationPage,
  ConversationRow,
  Event,
} from "./shared";
import { dispatch, roomNow, viewNow } from "./state/store";
import type { ListName } from "./state/view";

const PAGE = 50;

const filters: Record<ListName, string> = {
  waiting: "tab=waiting",
  mine: "tab=in_progress&scope=mine",
  colleagues: "tab=in_progress&scope=colleagues",
  history: "tab=history",
};

/** The lists that the counts, marks and offers need at once; History waits until it is looked at. */
export function loadFirstPages(): void {
  const { lists } = viewNow();
  void loadList("waiting");
  void loadList("mine");
  void loadList("colleagues");
  if (lists.history.state !== "unasked") void loadList("history");
}

export async function loadList(list: ListName, more = false): Promise<void> {
  const known = viewNow().lists[list];
  if (more && (known.next === undefined || known.state === "loading")) return;
  const duty = viewNow().duty;
  dispatch({ type: "list_asked", list });
  try {
    const cursor = more && known.next !== undefined ? `&cursor=${encodeURIComponent(known.next)}` : "";
    const page = await get<ConversationPage>(`/conversations?${filters[list]}&limit=${PAGE}${cursor}`);
    if (viewNow().duty === duty) dispatch({ type: "list_loaded", list, page, fresh: !more });
  } catch {
    dispatch({ type: "list_failed", list });
  }
}

/** Searches History; an answer that comes after another question is dropped. */
export async function searchHistory(q: string, more = false): Promise<void> {
  const next = viewNow().search?.next;
  dispatch({ type: "search_asked", q, more });
  try {
    const cursor = more && next !== undefined ? `&cursor=${encodeURIComponent(next)}` : "";
    const page = await get<ConversationPage>(
      `/conversations?tab=history&q=${encodeURIComponent(q)}&limit=${PAGE}${cursor}`,
    );
    dispatch({ type: "search_loaded", q, page, fresh: !more });
  } catch {
    dispatch({ type: "search_failed", q });
  }
}

export async function loadDetails(id: ConversationId): Promise<void> {
  try {
    dispatch({ type: "details_loaded", details: await get<ConversationDetails>(`/conversations/${id}`) });
  } catch (failure) {
    const { code } = asRefusal(failure);
    if (code === "not_found" || code === "not_allowed" || code === "malformed") {
      dispatch({ type: "room_missing", conversation: id });
    }
  }
}

export async function loadOlder(id: ConversationId): Promise<void> {
  const room = roomNow(id);
  if (!room || room.older === "loading" || room.log.before === 0) return;
  dispatch({ type: "older_asked", conversation: id });
  try {
    const { events, head } = await eventsBefore(id, room.log.before + 1);
    dispatch({ type: "older_loaded", conversation: id, events, head });
  } catch {
    dispatch({ type: "older_failed", conversation: id });
  }
}

export function eventsBefore(id: ConversationId, before: number): Promise<{ events: Event[]; head: number }> {
  return get(`/conversations/${id}/events?before=${before}&limit=${PAGE}`);
}

export async function loadColleagues(): Promise<void> {
  try {
    dispatch({ type: "colleagues_loaded", colleagues: await get<AgentPresence[]>("/colleagues") });
  } catch {
    // The transfer dialog asks again when it opens.
  }
}

/** The details of an opened conversation follow its row: stage, name, who is in charge. */
export function conversationsChanged(row: ConversationRow): void {
  const known = roomNow(row.id)?.details?.row;
  if (known && known.version !== row.version) void loadDetails(row.id);
}

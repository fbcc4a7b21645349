/**
 * The console's one reducer: `apply(view, input)` gives the next view and does nothing else.
 *
 * Invariant: a view that received events one by one equals a view that read them at once
 * (apply.test.ts). Sockets, requests and clocks are in desk.ts; what a room does with its
 * events is in room.ts.
 */
import type { AgentPresence, ConversationId, ConversationRow } from "../shared";
import type { Input } from "./input";
import * as room from "./room";
import { edgeOf, listOf } from "./rows";
import {
  emptyLists,
  emptyRoom,
  type ListName,
  type Pending,
  ROOMS_KEPT_MAX,
  type Room,
  type RowList,
  type View,
} from "./view";

export function apply(view: View, input: Input): View {
  switch (input.type) {
    case "welcome":
      return {
        ...view,
        me: input.agent,
        presence: input.presence,
        duty: input.duty,
        counts: input.counts,
        link: "open",
      };
    case "events":
      return inRoom(view, input.conversation, (r) => ({
        ...room.withEvents(r, input.events, input.head, view.me),
        caughtUp: !input.more,
      }));
    case "event":
      return inRoom(view, input.conversation, (r) =>
        room.withEvents(r, [input.event], input.event.seq, view.me),
      );
    case "ack":
      return inRoom(view, input.conversation, (r) => room.acknowledged(r, input.id, input.seq));
    case "refused":
      return inRoomOf(view, input.id, (r) => room.refused(r, input.id, input.refusal));
    case "row":
      return withRow(view, input.row);
    case "counts":
      return { ...view, counts: input.counts };
    case "visitor_typing":
      return inRoom(view, input.conversation, (r) => ({ ...r, typing: input.on }));
    case "marks":
      return inRoom(view, input.conversation, (r) => ({ ...r, marks: room.higher(r.marks, input.marks) }));
    case "visit":
      return inRoom(view, input.conversation, (r) => room.withVisit(r, input.visit));
    case "on_page":
      return inRoom(view, input.conversation, (r) => ({ ...r, onPage: input.page }));
    case "visits_forgotten":
      return inRoom(view, input.conversation, room.withoutVisits);
    case "colleague":
      return withColleague(view, input.agent);
    case "pong":
    case "fault":
      return view;
    case "closing":
      return input.retry_ms === undefined ? { ...view, link: "ended" } : view;
    case "link_changed":
      return withLink(view, input.state);
    case "duty_chosen":
      // Lists follow the sites on duty: they are asked for anew.
      return { ...view, duty: input.sites, rows: new Map(), lists: emptyLists, search: undefined };
    case "presence_chosen":
      return { ...view, presence: input.presence };
    case "list_asked":
      return inList(view, input.list, (list) => ({ ...list, state: "loading" }));
    case "list_failed":
      return inList(view, input.list, (list) => ({ ...list, state: "failed" }));
    case "list_loaded":
      return inList(
        withRows(view, input.page.items, input.fresh ? input.list : undefined),
        input.list,
        (list) => ({
          state: "loaded",
          next: input.page.next,
          edge: edgeOf(input.page) ?? list.edge,
        }),
      );
    case "search_asked":
      return input.more && view.search
        ? { ...view, search: { ...view.search, state: "loading" } }
        : { ...view, search: { q: input.q, ids: view.search?.ids ?? [], state: "loading" } };
    case "search_loaded":
      return withFound(view, input);
    case "search_failed":
      return view.search?.q === input.q ? { ...view, search: { ...view.search, state: "failed" } } : view;
    case "search_cleared":
      return { ...view, search: undefined };
    case "colleagues_loaded":
      return { ...view, colleagues: new Map(input.colleagues.map((one) => [one.agent.id, one])) };
    case "room_opened":
      return withRoom(view, input.conversation);
    case "details_loaded":
      return inRoom(withRow(view, input.details.row), input.details.row.id, (r) =>
        room.withDetails(r, input.details),
      );
    case "room_missing":
      return inRoom(view, input.conversation, (r) => ({ ...r, missing: true }));
    case "older_asked":
      return inRoom(view, input.conversation, (r) => ({ ...r, older: "loading" }));
    case "older_loaded":
      return inRoom(view, input.conversation, (r) => room.withOlder(r, input.events, input.head));
    case "older_failed":
      return inRoom(view, input.conversation, (r) => ({ ...r, older: "failed" }));
    case "command_sent":
      return inRoom(view, input.conversation, (r) => room.sending(r, pendingOf(input)));
    case "command_repeated":
      return inRoomOf(view, input.id, (r) => room.repeating(r, input.id));
    case "command_dropped":
      return inRoomOf(view, input.id, (r) => room.dropped(r, input.id));
    case "seen":
      return withSeen(view, input.conversation, input.seq);
    case "looked_away":
      return inRoom(view, input.conversation, (r) =>
        room.last(r) === 0 ? r : { ...r, newAfter: room.last(r) },
      );
  }
}

function inRoom(view: View, id: ConversationId, change: (room: Room) => Room): View {
  const before = view.rooms.get(id);
  if (!before) return view;
  const after = change(before);
  return after === before ? view : { ...view, rooms: new Map(view.rooms).set(id, after) };
}

/** A refusal names only its command. */
function inRoomOf(view: View, command: string, change: (room: Room) => Room): View {
  for (const one of view.rooms.values()) {
    if (one.pending.some((line) => line.id === command)) return inRoom(view, one.id, change);
  }
  return view;
}

function inList(view: View, name: ListName, change: (list: RowList) => RowList): View {
  return { ...view, lists: { ...view.lists, [name]: change(view.lists[name]) } };
}

/** One's own presence comes this way, too, when another tab chose it. */
function withColleague(view: View, agent: AgentPresence): View {
  const colleagues = new Map(view.colleagues).set(agent.agent.id, agent);
  return agent.agent.id === view.me?.id
    ? { ...view, colleagues, presence: agent.presence }
    : { ...view, colleagues };
}

/** While the link was away every room may have missed something. */
function withLink(view: View, state: View["link"]): View {
  if (state === "open" || view.link !== "open") return { ...view, link: state };
  const rooms = new Map(
    [...view.rooms].map(([id, r]) => [id, { ...r, caughtUp: false, typing: false }] as const),
  );
  return { ...view, link: state, rooms };
}

/** Opened rooms are kept in order of use; the oldest one without unsent lines goes first. */
function withRoom(view: View, id: ConversationId): View {
  const rooms = new Map(view.rooms);
  const known = rooms.get(id) ?? emptyRoom(id);
  rooms.delete(id);
  for (const old of view.rooms.values()) {
    if (rooms.size < ROOMS_KEPT_MAX) break;
    if (old.id !== id && old.pending.length === 0) rooms.delete(old.id);
  }
  rooms.set(id, { ...known, caughtUp: false, typing: false, newAfter: undefined });
  return { ...view, rooms };
}

function withRow(view: View, row: ConversationRow): View {
  const known = view.rows.get(row.id);
  if (known && older(row, known)) return view;
  const rows = new Map(view.rows).set(row.id, readBy(view, row));
  return { ...view, rows };
}

/** Hints may overtake one another and the pages of a list. */
function older(a: ConversationRow, b: ConversationRow): boolean {
  return a.version !== b.version ? a.version < b.version : a.head < b.head;
}

function readBy(view: View, row: ConversationRow): ConversationRow {
  const read = view.readUpTo.get(row.id) ?? 0;
  return row.unread > 0 && read >= row.head ? { ...row, unread: 0 } : row;
}

/** A fresh first page replaces what its list held: rows may have left it while nobody told. */
function withRows(view: View, items: readonly ConversationRow[], fresh?: ListName): View {
  const rows = new Map(view.rows);
  if (fresh) {
    for (const row of view.rows.values()) {
      if (listOf(view, row) === fresh && !view.rooms.has(row.id)) rows.delete(row.id);
    }
  }
  for (const row of items) {
    const known = rows.get(row.id);
    if (!known || !older(row, known)) rows.set(row.id, readBy(view, row));
  }
  return { ...view, rows };
}

function withFound(view: View, input: Extract<Input, { type: "search_loaded" }>): View {
  if (view.search?.q !== input.q) return view;
  const found = input.page.items.map((row) => row.id);
  const ids = input.fresh ? found : [...new Set([...view.search.ids, ...found])];
  return {
    ...withRows(view, input.page.items),
    search: { q: input.q, ids, state: "loaded", next: input.page.next },
  };
}

function withSeen(view: View, id: ConversationId, seq: number): View {
  if ((view.readUpTo.get(id) ?? 0) >= seq) return view;
  const readUpTo = new Map(view.readUpTo).set(id, seq);
  const row = view.rows.get(id);
  if (!row || row.unread === 0 || seq < row.head) return { ...view, readUpTo };
  return { ...view, readUpTo, rows: new Map(view.rows).set(id, { ...row, unread: 0 }) };
}

function pendingOf(input: Extract<Input, { type: "command_sent" }>): Omit<Pending, "state"> {
  const { id, command, at, shown } = input;
  return { id, command, at, shown };
}

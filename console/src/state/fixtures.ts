/** Rows, events and views for tests, in the words of the domain. */
import type { AgentRef, ConversationDetails, ConversationRow, Event, EventBody } from "../shared";
import { apply } from "./apply";
import type { Input } from "./input";
import { emptyView, type View } from "./view";

export const camille: AgentRef = { id: "agent-camille", first_name: "Camille" };
export const noor: AgentRef = { id: "agent-noor", first_name: "Noor" };

export function rowOf(id: string, parts: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id,
    site: "site",
    visitor: `visitor-of-${id}`,
    visitor_name: { type: "given", name: "Omar Haddad" },
    stage: "waiting",
    version: 2,
    head: 5,
    waiting_since: "2026-11-26T10:00:00.000Z",
    first_in_line: false,
    message_left: false,
    unread: 1,
    last: { from: "visitor", what: "text", text: "Hello", at: "2026-11-26T10:00:00.000Z" },
    started_at: "2026-11-26T09:59:00.000Z",
    lang: "fr",
    test: false,
    visitor_online: true,
    ...parts,
  };
}

export function event(seq: number, body: EventBody): Event {
  return { seq, at: `2026-11-26T10:${String(seq).padStart(2, "0")}:00.000Z`, body };
}

export function fromVisitor(seq: number, text = `visitor ${seq}`): Event {
  return event(seq, { type: "message_posted", author: { type: "visitor" }, text });
}

export function fromCamille(seq: number, text: string): Event {
  return event(seq, { type: "message_posted", author: { type: "agent", agent: camille }, text });
}

export function detailsOf(row: ConversationRow): ConversationDetails {
  return {
    row,
    details: [],
    visits: [],
    visits_consented: true,
    documents: [],
    marks: { visitor: { delivered: 0, read: 0 }, agent: { delivered: 0, read: 0 } },
    earlier: [],
    device: "Firefox · Android",
  };
}

/** Camille, signed in and on duty for the one site. */
export function atDesk(): View {
  return after(emptyView, {
    type: "welcome",
    agent: camille,
    presence: "available",
    duty: ["site"],
    counts: { waiting: 0, mine: 0, colleagues: 0, history: 0 },
  });
}

export function after(view: View, ...inputs: Input[]): View {
  return inputs.reduce(apply, view);
}

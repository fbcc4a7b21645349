/** What was typed and not sent, a draft a conversation: in memory and this tab's storage, wiped at sign-out. */
import { signal } from "@preact/signals";
import type { ConversationId } from "../shared";

const KEY = "comptoir.drafts";
/** Long drafts are kept in memory only beyond this, so that the storage never refuses. */
const KEPT_CHARS_MAX = 100_000;

export interface Draft {
  text: string;
  note: boolean;
}

export const drafts = signal<ReadonlyMap<ConversationId, Draft>>(stored());

export function draftOf(id: ConversationId): Draft {
  return drafts.peek().get(id) ?? { text: "", note: false };
}

export function keepDraft(id: ConversationId, draft: Draft): void {
  const next = new Map(drafts.peek());
  if (draft.text.trim() === "" && !draft.note) next.delete(id);
  else next.set(id, draft);
  drafts.value = next;
  store();
}

export function forgetDrafts(): void {
  drafts.value = new Map();
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // No storage, nothing kept.
  }
}

function store(): void {
  const text = JSON.stringify([...drafts.peek()]);
  try {
    if (text.length <= KEPT_CHARS_MAX) sessionStorage.setItem(KEY, text);
  } catch {
    // Storage refused or full: the draft lives as long as the page.
  }
}

function stored(): ReadonlyMap<ConversationId, Draft> {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as [ConversationId, Draft][]);
  } catch {
    return new Map();
  }
}

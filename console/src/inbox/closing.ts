/**
 * Closing with 5 s to think again: nothing is sent before, so undoing leaves no trace.
 *
 * If the tab is left within these seconds the conversation is simply not closed.
 */
import { signal } from "@preact/signals";
import { order } from "../desk";
import { rowName } from "../names";
import { explained } from "../refusals";
import { go, route } from "../router";
import type { ConversationId, ConversationRow } from "../shared";
import { toast } from "../ui/toasts";
import { t } from "../words";

export const UNDO_MS = 5_000;

/** Those about to be closed, with the moment when they will be. */
export const closings = signal<ReadonlyMap<ConversationId, number>>(new Map());
const timers = new Map<ConversationId, ReturnType<typeof setTimeout>>();

/** `next`: where to go at once, for those who close one after the other. */
export function close(row: ConversationRow, next?: () => void): void {
  if (closings.peek().has(row.id)) return;
  closings.value = new Map(closings.peek()).set(row.id, Date.now() + UNDO_MS);
  timers.set(
    row.id,
    setTimeout(() => void send(row), UNDO_MS),
  );
  toast(t("closing_told", { name: rowName(row) }), {
    ms: UNDO_MS,
    action: { label: t("undo"), run: () => undo(row.id) },
  });
  next?.();
}

export function undo(id: ConversationId): void {
  clearTimeout(timers.get(id));
  forget(id);
}

async function send(row: ConversationRow): Promise<void> {
  const outcome = await order(row.id, { type: "close_conversation", version: row.version });
  forget(row.id);
  if (!outcome.ok) {
    toast(explained(outcome.refusal), { kind: "bad" });
    return;
  }
  toast(t("closed_told", { name: rowName(row) }), { kind: "good" });
  const here = route.peek();
  if (here.name === "inbox" && here.conversation === row.id) {
    go({ name: "inbox", tab: "history", conversation: row.id });
  }
}

function forget(id: ConversationId): void {
  timers.delete(id);
  const left = new Map(closings.peek());
  left.delete(id);
  closings.value = left;
}

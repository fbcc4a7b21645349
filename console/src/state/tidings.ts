/**
 * What an agent should be told when the view changed: by a toast, the announcer, a sound.
 *
 * Pure: compares two views. Which words and which channel each takes is notices.ts.
 */
import type { AgentRef, ConversationRow, Event, TransferId } from "../shared";
import type { Input } from "./input";
import { saidByVisitor } from "./room";
import type { View } from "./view";

export type Tiding =
  /** Somebody waits who did not before. */
  | { type: "waits"; row: ConversationRow }
  /** The visitor of one of mine said something. */
  | { type: "said"; row: ConversationRow }
  /** The visitor of an opened conversation said something: the words themselves. */
  | { type: "heard"; row: ConversationRow | undefined; event: Event }
  | { type: "offered"; row: ConversationRow; from: AgentRef }
  | { type: "offer_gone"; row: ConversationRow; from: AgentRef; transfer: TransferId }
  | { type: "offer_accepted"; row: ConversationRow; by: AgentRef }
  | { type: "offer_ended"; row: ConversationRow; by: AgentRef; transfer: TransferId }
  /** Mine no longer, without my doing: it went back to the line. */
  | { type: "lost"; row: ConversationRow };

export function tidings(before: View, after: View, input: Input): Tiding[] {
  if (input.type === "row") return ofRow(before, after, input.row.id);
  if (input.type === "event" && saidByVisitor(input.event.body)) {
    const known = before.rooms.get(input.conversation)?.log.last ?? 0;
    if (input.event.seq <= known) return [];
    return [{ type: "heard", row: after.rows.get(input.conversation), event: input.event }];
  }
  return [];
}

function ofRow(before: View, after: View, id: string): Tiding[] {
  const was = before.rows.get(id);
  const row = after.rows.get(id);
  const me = after.me?.id;
  if (!row || row === was) return [];
  const mine = row.stage === "in_progress" && row.in_charge?.id === me;
  const out: Tiding[] = [];
  if (row.stage === "waiting" && was?.stage !== "waiting") out.push({ type: "waits", row });
  if (row.stage === "waiting" && was?.in_charge?.id === me && me !== undefined)
    out.push({ type: "lost", row });
  if (mine && row.unread > (was?.unread ?? 0)) out.push({ type: "said", row });
  return [...out, ...ofOffer(was, row, me)];
}

function ofOffer(was: ConversationRow | undefined, row: ConversationRow, me: string | undefined): Tiding[] {
  const old = was?.offer;
  const offer = row.offer;
  if (old?.transfer === offer?.transfer) return [];
  const out: Tiding[] = [];
  if (old && old.from.id === me) {
    const accepted = row.stage === "in_progress" && row.in_charge?.id === old.to.id;
    const { to: by, transfer } = old;
    out.push(accepted ? { type: "offer_accepted", row, by } : { type: "offer_ended", row, by, transfer });
  }
  if (old && old.to.id === me && row.in_charge?.id !== me)
    out.push({ type: "offer_gone", row, from: old.from, transfer: old.transfer });
  if (offer && offer.to.id === me) out.push({ type: "offered", row, from: offer.from });
  return out;
}

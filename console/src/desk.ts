/**
 * The agent's side of the socket: connects, follows the opened conversation, sends commands.
 *
 * Decides nothing about what is shown: frames go to the reducer, and what a frame obliges us to do
 * (answer a hole, mark what arrived, repeat what was not acknowledged) is done here. Lists and
 * details come by HTTP: lists.ts.
 */
import { post, signedOutSeen } from "./api";
import { conversationsChanged, loadColleagues, loadDetails, loadFirstPages } from "./lists";
import {
  type AgentCommand,
  type AgentFrame,
  type AgentPresence,
  type CommandId,
  type ConversationId,
  Link,
  newId,
  Outbox,
  type Presence,
  type Refusal,
  type SiteId,
  type SocketPass,
  type ToAgent,
} from "./shared";
import { dispatch, roomNow, viewNow } from "./state/store";
import type { Shown } from "./state/view";

/** Events asked for when a conversation is opened; older ones come on scrolling. */
const OPEN_EVENTS = 50;
/** A visitor whose typing is not repeated has stopped. */
const TYPING_ENDS_MS = 8_000;
const MARK_EVERY_MS = 300;

export type Outcome = { ok: true; seq: number } | { ok: false; refusal: Refusal };

interface Addressed {
  conversation: ConversationId;
  command: AgentCommand;
}

const answers = new Map<CommandId, (outcome: Outcome) => void>();
const typingTimers = new Map<ConversationId, ReturnType<typeof setTimeout>>();
let link: Link<AgentFrame, ToAgent> | undefined;
let followed: ConversationId | undefined;
let chosenDuty: readonly SiteId[] | undefined;
/** The chatbots by which the server answers at the moment. */
let servedDuty: readonly SiteId[] = [];
let markTimer: ReturnType<typeof setTimeout> | undefined;

const outbox = new Outbox<Addressed>({
  send: ({ id, command }) =>
    link?.send({ type: "command", id, conversation: command.conversation, command: command.command }) ??
    false,
  onChange: () => {},
});

/** A name for this tab, so that the server can tell one's tabs apart. */
const tab = newId().slice(-12);

/** A tab of one conversation has no lists to fill. */
let listless = false;

export function narrowDesk(): void {
  listless = true;
}

/** `duty`: the chatbots remembered from before, said again on each connection. */
export function startDesk(duty: readonly SiteId[] | undefined): void {
  chosenDuty = duty;
  link ??= new Link<AgentFrame, ToAgent>({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/socket`,
    hello: async () => ({ type: "hello", pass: (await post<SocketPass>("/socket-pass")).pass, tab }),
    onFrame: heard,
    onState: (state, reason) => {
      dispatch({ type: "link_changed", state });
      // Signed out elsewhere, or disabled: here, too, nobody is signed in any more.
      if (state === "ended" && reason === "signed_out") signedOutSeen.value += 1;
    },
  });
  link.open();
}

export function stopDesk(): void {
  link?.close();
  link = undefined;
  followed = undefined;
  outbox.clear();
  answers.clear();
}

export function reconnectNow(): void {
  link?.retryNow();
}

export function goOnDuty(sites: readonly SiteId[]): void {
  chosenDuty = sites;
  dispatch({ type: "duty_chosen", sites });
  link?.send({ type: "duty", sites: [...sites] });
  loadFirstPages();
}

/** Chatbots chosen in another tab: one is on duty once, whatever the number of tabs. */
function followDuty({ agent, sites }: AgentPresence): void {
  const { me, duty } = viewNow();
  if (agent.id !== me?.id || sites.length === 0 || sameSites(sites, servedDuty)) return;
  servedDuty = sites;
  chosenDuty = sites;
  if (!sameSites(sites, duty)) dispatch({ type: "duty_chosen", sites });
  // What was asked before the server knew of the choice may have been answered by the one before.
  if (!listless) loadFirstPages();
}

function sameSites(some: readonly SiteId[], others: readonly SiteId[]): boolean {
  return some.length === others.length && some.every((site) => others.includes(site));
}

export function choosePresence(presence: Presence): void {
  dispatch({ type: "presence_chosen", presence });
  link?.send({ type: "presence", presence });
}

/** Follows one conversation live; the one before is let go, its events are kept. */
export function openRoom(id: ConversationId): void {
  if (followed !== undefined && followed !== id) leaveRoom();
  followed = id;
  dispatch({ type: "room_opened", conversation: id });
  catchUp(id);
  loadDetails(id);
}

export function leaveRoom(): void {
  if (followed === undefined) return;
  if (markTimer !== undefined) mark(followed);
  link?.send({ type: "leave", conversation: followed });
  followed = undefined;
}

function catchUp(id: ConversationId): void {
  const since = roomNow(id)?.log.last ?? 0;
  link?.send(
    since > 0
      ? { type: "resume", conversation: id, since }
      : { type: "open", conversation: id, last: OPEN_EVENTS },
  );
}

/** Sends a command that becomes a line of the transcript; it is drawn at once. */
export function say(conversation: ConversationId, command: AgentCommand, shown?: Shown): void {
  const id = newId();
  dispatch({ type: "command_sent", id, conversation, command, at: new Date().toISOString(), shown });
  outbox.add({ id, lane: conversation, command: { conversation, command } });
}

/** Sends a command whose answer decides what comes next: take, transfer, close. */
export function order(conversation: ConversationId, command: AgentCommand): Promise<Outcome> {
  const id = newId();
  return new Promise((resolve) => {
    answers.set(id, resolve);
    outbox.add({ id, lane: conversation, command: { conversation, command } });
  });
}

export function repeat(id: CommandId): void {
  dispatch({ type: "command_repeated", id });
  outbox.retry(id);
}

export function drop(id: CommandId): void {
  outbox.forget(id);
  dispatch({ type: "command_dropped", id });
}

export function sayTyping(conversation: ConversationId, on: boolean): void {
  link?.send({ type: "typing", conversation, on });
}

/** The agent saw the conversation up to its last event: visible, focused, at its end. */
export function markSeen(conversation: ConversationId): void {
  const last = roomNow(conversation)?.log.last ?? 0;
  if (last === 0) return;
  dispatch({ type: "seen", conversation, seq: last });
  markSoon(conversation);
}

/** Marks rise often and are written once in a while; only the agent in charge has any. */
function markSoon(conversation: ConversationId): void {
  if (markTimer !== undefined) return;
  markTimer = setTimeout(() => mark(conversation), MARK_EVERY_MS);
}

function mark(conversation: ConversationId): void {
  clearTimeout(markTimer);
  markTimer = undefined;
  const { rows, me, readUpTo } = viewNow();
  const row = rows.get(conversation);
  const delivered = roomNow(conversation)?.log.last ?? 0;
  if (delivered === 0 || row?.stage !== "in_progress" || row.in_charge?.id !== me?.id) return;
  link?.send({ type: "mark", conversation, delivered, read: readUpTo.get(conversation) ?? 0 });
}

function heard(frame: ToAgent): void {
  const missed = frame.type === "event" && leavesHole(frame.conversation, frame.event.seq);
  if (!answered(frame)) dispatch(frame);
  if (missed && frame.type === "event") catchUp(frame.conversation);
  switch (frame.type) {
    case "welcome":
      welcomed(frame.duty);
      return;
    case "events":
    case "event":
      markSoon(frame.conversation);
      return;
    case "row":
      conversationsChanged(frame.row);
      return;
    case "colleague":
      followDuty(frame.agent);
      return;
    case "visitor_typing":
      endTypingLater(frame.conversation, frame.on);
      return;
    default:
      return;
  }
}

function leavesHole(id: ConversationId, seq: number): boolean {
  const last = roomNow(id)?.log.last ?? 0;
  return last > 0 && seq > last + 1;
}

/** True when the frame is a passing refusal, of which nothing need be drawn. */
function answered(frame: ToAgent): boolean {
  if (frame.type === "ack") {
    outbox.acknowledge(frame.id);
    settle(frame.id, { ok: true, seq: frame.seq });
    return false;
  }
  if (frame.type !== "refused") return false;
  const waiting = answers.has(frame.id);
  const refused = outbox.refuse(frame.id, frame.refusal, !waiting);
  if (refused && waiting) settle(frame.id, { ok: false, refusal: frame.refusal });
  return !refused;
}

function settle(id: CommandId, outcome: Outcome): void {
  answers.get(id)?.(outcome);
  answers.delete(id);
}

/** After each connection the server knows nothing of this tab but who it is. */
function welcomed(duty: readonly SiteId[]): void {
  servedDuty = duty;
  const wanted = chosenDuty ?? duty;
  if (!sameSites(wanted, duty)) {
    link?.send({ type: "duty", sites: [...wanted] });
    dispatch({ type: "duty_chosen", sites: wanted });
  }
  if (followed !== undefined) {
    catchUp(followed);
    loadDetails(followed);
  }
  outbox.resend();
  if (listless) return;
  loadFirstPages();
  loadColleagues();
}

function endTypingLater(conversation: ConversationId, on: boolean): void {
  clearTimeout(typingTimers.get(conversation));
  if (!on) return;
  const end = () => dispatch({ type: "visitor_typing", conversation, on: false });
  typingTimers.set(conversation, setTimeout(end, TYPING_ENDS_MS));
}

/**
 * The chat behind the panel: connection, outbox, marks, files. It turns what
 * the visitor does into frames and hands every answer to the reducer (view.ts);
 * components read `view` and `uploads` and call the verbs here.
 *
 * Invariant: nothing is stored and no socket opens before `act`, the visitor's
 * first trusted click or key.
 */
import type { Host } from "../page/contract";
import { kept } from "../page/kept";
import type { Seen } from "../page/visits";
import type { Sharing } from "../share/ask";
import { newId } from "../shared/id";
import { Link } from "../shared/link";
import { type Entry, Outbox } from "../shared/outbox";
import type {
  CardMark,
  ConversationId,
  FieldAnswer,
  ProductId,
  Refusal,
  ToVisitor,
  VisitorCommand,
  VisitorFrame,
} from "../shared/protocol";
import { Joining } from "./joining";
import { Memory } from "./memory";
import { more } from "./parts";
import type { Reach } from "./reach";
import { unreadAfter } from "./transcript";
import type { UploadRow } from "./uploads";
import { apply, emptyView, type Input, openConversation, type Said, type View } from "./view";

/** Bytes of UTF-8 in one message, as on the wire. */
export const MESSAGE_BYTES_MAX = 16 * 1_024;
const FAULT_RETRY_MS = 2_000;
const MARK_EVERY_MS = 1_000;
const TYPING_AGAIN_MS = 3_000;
const TYPING_SHOWN_MS = 6_000;

export class Chat {
  view: View;
  uploads: readonly UploadRow[] = [];
  /** On a phone the panel makes room for the page. */
  leave = (): void => undefined;
  readonly memory: Memory;
  readonly #host: Host;
  readonly #link: Link<VisitorFrame, ToVisitor>;
  readonly #outbox: Outbox<Said>;
  readonly #joining: Joining;
  #reach: Promise<Reach> | undefined;
  #sharing: Promise<Sharing> | undefined;
  readonly #listeners = new Set<() => void>();
  #marked = { delivered: 0, read: 0, conversation: "" };
  #markTimer: ReturnType<typeof setTimeout> | undefined;
  #typingOn = 0;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  /** The last number that was seen in a visible, focused panel. */
  #read = 0;

  constructor(host: Host) {
    const { config, settings } = host;
    this.#host = host;
    this.memory = new Memory(host);
    this.view = emptyView(config.start, config.bot_version, config.reachable);
    this.#link = new Link({
      url: `${settings.base.replace(/^http/, "ws")}/w/v1/socket`,
      hello: () => this.#hello(),
      onFrame: (frame) => this.#frame(frame),
      onState: (state, reason) => this.apply({ type: "link", state, reason }),
    });
    const stayed = this.memory.tab.tab && reloaded() ? this.memory.visitor.open : undefined;
    this.#joining = new Joining(host, stayed, (frame) => this.#link.send(frame));
    this.#outbox = new Outbox({
      send: (entry) => this.#command(entry),
      onChange: (entries) => {
        this.memory.keepTab({ outbox: entries.length ? [...entries] : undefined });
        this.apply({ type: "outbox", entries });
      },
    });
    this.#comeBack();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The visitor acted: storage and connection may begin. */
  act(): void {
    this.memory.acted = true;
    if (!this.memory.tab.tab) this.memory.keepTab({ tab: newId() });
    this.#link.open();
  }

  get conversation(): ConversationId | undefined {
    return openConversation(this.view);
  }

  /** A conversation has been asked for: its beginning is on its way. */
  get begins(): boolean {
    return this.#outbox.entries.some((entry) => entry.command.command.type === "begin");
  }

  get unread(): number {
    const read = Math.max(this.#read, this.view.head?.marks.visitor.read ?? 0);
    return unreadAfter(this.view.log.events, read);
  }

  post(text: string): void {
    const clean = text.toWellFormed().replaceAll("\0", "").trim();
    if (clean) this.say({ type: "post_message", text: clean }, clean);
    this.typing(false);
  }

  choose(turn: number, button: number, label: string): void {
    this.say({ type: "choose_button", turn, button }, label);
  }

  submit(turn: number, answers: FieldAnswer[]): void {
    this.memory.keepTab({ form: undefined });
    this.say({ type: "submit_form", turn, answers }, "");
  }

  /** What goes by HTTP; it comes with the parts of a conversation. */
  reach(): Promise<Reach> {
    this.#reach ??= more().then(({ Reach }) => new Reach(this, this.#host));
    this.#reach.catch(() => {
      this.#reach = undefined;
    });
    return this.#reach;
  }

  share(files: Iterable<File>): void {
    this.act();
    const list = [...files];
    this.reach().then(
      (reach) => reach.uploads.add(list),
      () => undefined,
    );
  }

  showUploads(rows: readonly UploadRow[]): void {
    this.uploads = rows;
    this.#tell();
  }

  retry(id: string): void {
    this.#outbox.retry(id);
  }

  discard(id: string): void {
    this.#outbox.forget(id);
  }

  /** Once each, also over reloads of this tab; `product`: which one of a comparison. */
  markCard(card: number, mark: CardMark, product?: ProductId): void {
    const name = `${this.view.head?.id ?? ""}:${card}:${mark}${product ? `:${product}` : ""}`;
    const marked = this.memory.tab.marked ?? [];
    if (!this.view.head || marked.includes(name)) return;
    this.memory.keepTab({ marked: [...marked, name].slice(-200) });
    this.say({ type: "mark_card", card, mark, ...(product && { product }) }, "", `card${card}`);
  }

  typing(on: boolean): void {
    const now = Date.now();
    if (on ? now - this.#typingOn < TYPING_AGAIN_MS || !this.conversation : !this.#typingOn) return;
    this.#typingOn = on ? now : 0;
    this.#link.send({ type: "typing", on });
  }

  /** The panel is open, visible and focused: everything in it counts as read. */
  readAll(): void {
    if (this.#read === this.view.log.last) return;
    this.#read = this.view.log.last;
    const { head } = this.view;
    if (head) this.memory.keepTab({ read: { conversation: head.id, seq: this.#read } });
    this.#markSoon();
    this.#tell();
  }

  /** The pages that the next input will join to the conversation it begins. */
  visitsToJoin(): readonly Seen[] {
    const begun = this.view.head !== undefined || this.#outbox.entries.length > 0;
    return begun ? [] : this.#joining.toJoin();
  }

  strikeVisit(visit: Seen): void {
    this.#host.visits.strike(visit);
  }

  visited(seen: Seen): void {
    this.#joining.follow(this.conversation, seen);
  }

  visitsForgotten(): void {
    if (this.conversation || this.memory.visitor.open) this.#joining.forget();
  }

  /** After "another tab" or a lost connection: try now. */
  reconnect(): void {
    if (this.#link.state === "ended") this.#link.open();
    else this.#link.retryNow();
  }

  /** A card was put into the store's cart. */
  cartChanged(): void {
    this.#joining.cartChanged();
  }

  shutdown(): void {
    void this.#sharing?.then((one) => one.shutdown());
    this.#joining.rest();
    this.#link.close();
    this.#outbox.clear();
    this.memory.forget();
    this.#listeners.clear();
  }

  /** On a later page: an open conversation, an unsent command or a question after a close connects by itself. */
  #comeBack(): void {
    const { outbox, asked } = this.memory.tab;
    for (const entry of outbox ?? []) this.#outbox.add(entry as Entry<Said>);
    if (this.memory.visitor.open || outbox?.length || asked) this.act();
    if (kept("sessionStorage", "comptoir:share").read() && !isFramed()) {
      // Side by side with what asks for it: the agent waits for the picture.
      import("../share/share").catch(() => undefined);
      this.#share();
    }
  }

  /** A shared page's part comes when an agent asks, or where a share goes on from the page before. */
  #share(frame?: ToVisitor): void {
    if (isFramed()) return;
    this.#sharing ??= import("../share/ask").then(
      ({ Sharing }) => new Sharing(this.#host, this, (up) => this.#link.send(up)),
    );
    this.#sharing.then(
      (one) => frame && one.hear(frame),
      () => {
        this.#sharing = undefined;
      },
    );
  }

  /** Sends a command, or begins a conversation with it; lanes do not wait for each other. */
  say(command: VisitorCommand, text: string, lane = "talk"): void {
    this.act();
    void more().catch(() => undefined);
    this.#outbox.add({ id: newId(), lane, command: { command, text, at: new Date().toISOString() } });
  }

  #hello(): VisitorFrame {
    const { site, said } = this.#host.settings;
    const test = said("test");
    const { token } = this.memory.visitor;
    return {
      type: "hello",
      site,
      tab: this.memory.tab.tab ?? newId(),
      lang: this.#host.config.lang,
      ...(token ? { token } : {}),
      ...(test ? { test } : {}),
    };
  }

  #command({ id, command: { command } }: Entry<Said>): boolean {
    if ((command.type === "mark_card" || command.type === "rate") && this.view.head) {
      return this.#link.send({ type: "command", id, conversation: this.view.head.id, command });
    }
    const conversation = this.conversation;
    if (conversation) return this.#link.send({ type: "command", id, conversation, command });
    return this.#link.send({
      type: "command",
      id,
      begin: this.#joining.begin(this.view.botVersion),
      command,
    });
  }

  #frame(frame: ToVisitor): void {
    if (frame.type === "welcome" && frame.token) this.memory.keepVisitor({ token: frame.token });
    const before = this.view.head?.id;
    if (frame.type === "welcome" && frame.conversation?.id === this.memory.tab.unrated)
      delete frame.conversation?.rating;
    this.apply({ type: "frame", frame });
    switch (frame.type) {
      case "share_asked":
      case "share_ask_ended":
      case "share_opened":
        this.#share(frame);
        break;
      case "welcome":
        this.#welcomed(before);
        break;
      case "ack":
        this.#outbox.acknowledge(frame.id);
        break;
      case "refused":
        this.#refused(frame.id, frame.refusal);
        break;
      case "fault":
        // A resume that the store could not serve now; whatever else it was, a command has its own refusal.
        if (frame.refusal.code === "try_later") setTimeout(() => this.#resume(), FAULT_RETRY_MS);
        break;
      case "typing":
        clearTimeout(this.#typingTimer);
        this.#typingTimer = setTimeout(() => this.apply({ type: "typing_over" }), TYPING_SHOWN_MS);
        break;
    }
    const { head, gap } = this.view;
    if (gap || (head && head.id !== before && frame.type !== "welcome")) this.#resume();
    if (this.memory.visitor.open !== this.conversation) this.memory.keepVisitor({ open: this.conversation });
    this.#conversationChanged();
    this.#markSoon();
  }

  #welcomed(before: ConversationId | undefined): void {
    const { head, log } = this.view;
    if (head && head.id === before && log.last > 0) this.#resume();
    else if (head) this.#link.send({ type: "open", conversation: head.id, last: 50 });
    this.#marked = { delivered: 0, read: 0, conversation: "" };
    this.#joining.reconnected();
    this.#outbox.resend();
  }

  #resume(): void {
    const { head, log } = this.view;
    if (head) this.#link.send({ type: "resume", conversation: head.id, since: log.last });
  }

  #refused(id: string, refusal: Refusal): void {
    if (refusal.code === "conversation_closed" && this.conversation) {
      // It was closed before our close event came: the same command now begins a new one.
      this.apply({ type: "closed_meanwhile" });
      this.#outbox.refuse(id, { ...refusal, code: "try_later", retry_ms: 0 });
      return;
    }
    const said = this.#outbox.entries.find((entry) => entry.id === id)?.command.command.type;
    const keep = said === "post_message" || said === "share_document";
    this.#outbox.refuse(id, refusal, keep && refusal.code !== "id_reused");
  }

  /** Whatever waited for a conversation, or is said of each. */
  #conversationChanged(): void {
    if (!this.conversation) {
      this.#joining.rest();
      return;
    }
    void this.#reach?.then((reach) => reach.uploads.resume());
    const now = this.#host.visits.current();
    if (now) this.visited(now);
  }

  #markSoon(): void {
    this.#markTimer ??= setTimeout(() => {
      this.#markTimer = undefined;
      this.#mark();
    }, MARK_EVERY_MS);
  }

  #mark(): void {
    const { head, log } = this.view;
    if (!head || log.last === 0) return;
    const mark = { delivered: log.last, read: Math.min(this.#read, log.last), conversation: head.id };
    const { delivered, read, conversation } = this.#marked;
    if (mark.delivered === delivered && mark.read === read && mark.conversation === conversation) return;
    if (this.#link.send({ type: "mark", delivered: mark.delivered, read: mark.read })) this.#marked = mark;
  }

  apply(input: Input): void {
    const before = this.view;
    this.view = apply(before, input);
    if (this.view.head?.id !== before.head?.id) {
      const { read } = this.memory.tab;
      this.#read = read && read.conversation === this.view.head?.id ? read.seq : 0;
    }
    if (this.view !== before) this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function reloaded(): boolean {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return entry?.type === "reload";
}

/** In a frame of the same store: what the tab keeps is the page's around it, and that one is shared. */
function isFramed(): boolean {
  try {
    return parent !== window && !!parent.document;
  } catch {
    return false;
  }
}

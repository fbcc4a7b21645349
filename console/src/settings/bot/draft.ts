/**
 * Saves a draft while it is written: one request at a time, the newest content next, nothing lost.
 *
 * The draft on the server has a revision; saving over a newer one is refused, and then a person chooses
 * whose work stays. Knows neither the screen nor the definition: it is handed what to send.
 */
import type { BotDraftChange, BotDraftView, Refusal } from "../../shared";

/** After the last change. */
const SETTLED_MS = 800;
/** After a refusal that passes by itself. */
const RETRY_MS = 5_000;

export type Content = Omit<BotDraftChange, "revision">;

export type SaveState =
  | { type: "saved" }
  | { type: "saving" }
  /** The content is kept here and sent again. */
  | { type: "failed"; refusal: Refusal }
  /** Somebody saved meanwhile. */
  | { type: "stale" };

export interface SaverParts {
  send: (change: BotDraftChange) => Promise<BotDraftView>;
  refusalOf: (failure: unknown) => Refusal;
  onState: (state: SaveState) => void;
  /** `isLatest`: nothing was changed since this was sent. */
  onSaved: (draft: BotDraftView, sent: Content, isLatest: boolean) => void;
  later?: (run: () => void, ms: number) => unknown;
  never?: (timer: unknown) => void;
}

export class Saver {
  private waiting: Content | undefined;
  private sending: Promise<void> | undefined;
  private timer: unknown;
  private state: SaveState = { type: "saved" };

  constructor(
    private revision: number,
    private readonly parts: SaverParts,
  ) {}

  /** Something here is not on the server. */
  get isDirty(): boolean {
    return this.waiting !== undefined || this.sending !== undefined;
  }

  /** It will not get there by itself. */
  get isStuck(): boolean {
    return this.isDirty && (this.state.type === "failed" || this.state.type === "stale");
  }

  change(content: Content): void {
    this.waiting = content;
    if (this.state.type === "stale") return;
    this.say({ type: "saving" });
    this.wake(SETTLED_MS);
  }

  /** Sends at once what waits, and is done when nothing does or it was refused. */
  async flush(): Promise<SaveState> {
    this.sleep();
    if (this.state.type === "stale") return this.state;
    do await this.run();
    while (this.isDirty && this.state.type === "saving");
    return this.state;
  }

  /** Keeps what is here over what somebody else saved as that revision. */
  async overwrite(revision: number): Promise<SaveState> {
    this.revision = revision;
    this.say({ type: "saving" });
    return this.flush();
  }

  /** Gives up what waits: what the server has is shown now. */
  accept(revision: number): void {
    this.sleep();
    this.revision = revision;
    this.waiting = undefined;
    this.say({ type: "saved" });
  }

  /** What was saved by other ways than this one, e.g. by publishing. */
  get savedRevision(): number {
    return this.revision;
  }

  private wake(ms: number): void {
    this.sleep();
    const later = this.parts.later ?? setTimeout;
    this.timer = later(() => void this.run(), ms);
  }

  private sleep(): void {
    const never = this.parts.never ?? ((timer) => clearTimeout(timer as ReturnType<typeof setTimeout>));
    if (this.timer !== undefined) never(this.timer);
    this.timer = undefined;
  }

  private run(): Promise<void> {
    // What waits is sent when the answer to this one is there.
    this.sending ??= this.sendOne().finally(() => {
      this.sending = undefined;
      if (this.waiting !== undefined && this.state.type === "saving") void this.run();
      else if (this.passes()) this.wake(RETRY_MS);
    });
    return this.sending;
  }

  /** Refused for now only: the same content may be taken later. */
  private passes(): boolean {
    return this.state.type === "failed" && this.state.refusal.code === "try_later";
  }

  private async sendOne(): Promise<void> {
    const content = this.waiting;
    if (content === undefined) return;
    this.waiting = undefined;
    try {
      const draft = await this.parts.send({ ...content, revision: this.revision });
      this.revision = draft.revision;
      const isLatest = this.waiting === undefined;
      this.parts.onSaved(draft, content, isLatest);
      this.say({ type: isLatest ? "saved" : "saving" });
    } catch (failure) {
      this.waiting ??= content;
      const refusal = this.parts.refusalOf(failure);
      this.say(refusal.code === "stale_version" ? { type: "stale" } : { type: "failed", refusal });
    }
  }

  private say(state: SaveState): void {
    this.state = state;
    this.parts.onState(state);
  }
}

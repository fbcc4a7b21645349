/**
 * A share on this page, in the chunk that is fetched only after Agree: the recorder runs while somebody
 * watches, orders run while the gate is open, and everything ends here first and at the server after.
 */
import { toJson } from "../shared/json";
import type { LinkState } from "../shared/link";
import type {
  ActionOutcome,
  AgentRef,
  ClosingReason,
  PageFrame,
  PageRule,
  PageStop,
  SharedPage,
  ShareSettings,
  ToPage,
} from "../shared/protocol";
import { type PageAssets, pageAssets } from "./assets";
import type { KeptShare, Mood, Over, PageFilter, Shared } from "./contract";
import { pageFilter } from "./filter";
import { Gate } from "./gate";
import { Hands } from "./hands";
import { PageNow } from "./page";
import { mirror, Recorder } from "./record";
import { carryOut, Remote } from "./remote";
import { goWithin, grantOf, OVER, type ShareOptions } from "./terms";
import { Wire } from "./wire";

const BEAT_MS = 2_000;
/** The server says a beat as often: this much silence is a cut. */
const SILENT_MS = 10_000;
/** Stop could not be reached for so long. */
const COVERED_END_MS = 15_000;
const CUT_SHOWN_AFTER_MS = 1_000;
const OFFERED_MAX = 400;

export const startShare = (options: ShareOptions): Shared => new Share(options);

class Share implements Shared {
  readonly #o: ShareOptions;
  readonly #wire: Wire;
  readonly #away = new AbortController();
  readonly #hands: Hands;
  #gate: Gate;
  #kept: KeptShare;
  #linked = false;
  #over = false;
  #covered = false;
  #coveredEnd: ReturnType<typeof setTimeout> | undefined;
  #agent: AgentRef | undefined;
  #watchers: readonly AgentRef[] = [];
  /** A new agent is asked for: nothing is sent until the visitor has agreed to that name. */
  #asking = false;
  #settings: ShareSettings | undefined;
  readonly #assets: PageAssets;
  /** Style sheets were read, as far as they came in time. */
  #prepared = false;
  #filter: PageFilter | undefined;
  #remote: Remote | undefined;
  #recorder: Recorder | undefined;
  #heardAt = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #page: PageNow | undefined;

  constructor(options: ShareOptions) {
    this.#o = options;
    this.#kept = options.store.read() as KeptShare;
    this.#agent = this.#kept.agent;
    this.#gate = this.#newGate();
    this.#assets = pageAssets(document, mirror, (event) => this.#recorder?.add(event));
    const { signal } = this.#away;
    void this.#prepare();
    if (document.readyState === "loading")
      document.addEventListener("DOMContentLoaded", () => void this.#prepare(), { signal });
    this.#hands = new Hands(signal, () => this.#say({ type: "active" }));
    this.#wire = new Wire({
      url: `${options.host.settings.base.replace(/^http/, "ws")}/w/v1/share`,
      hello: () => this.#hello(),
      hear: (frame) => this.#hear(frame),
      state: (state, reason) => this.#state(state, reason),
    });
    const beat = setInterval(() => this.#beat(), BEAT_MS);
    signal.addEventListener("abort", () => clearInterval(beat));
    for (const name of ["resize", "hashchange", "popstate"])
      addEventListener(name, () => this.#page?.tellSoon(), { signal });
    document.addEventListener("visibilitychange", () => this.#seen(), { signal });
    this.#tell();
    this.#seen();
  }

  /** A page that is still read is prepared as far as it goes, and again when it is whole. */
  async #prepare(): Promise<void> {
    const whole = document.readyState !== "loading";
    await this.#assets.prepare();
    this.#prepared ||= whole;
    this.#settle();
  }

  takeBack(): void {
    const epoch = this.#gate.close();
    if (epoch) this.#say({ type: "take_back_control", epoch });
    this.#o.face.pointer.hide();
    this.#tell(true);
  }

  stop(): void {
    this.#end("stopped", "visitor");
  }

  covered(covered: boolean): void {
    this.#covered = covered;
    clearTimeout(this.#coveredEnd);
    if (covered) {
      this.takeBack();
      this.#coveredEnd = setTimeout(() => this.#end("covered", "stop_covered"), COVERED_END_MS);
    }
    this.#settle();
  }

  forget(): void {
    this.#end("closed", "visitor");
  }

  /** Two tabs may hold one share: only one that is in view claims it. */
  #seen(): void {
    if (!document.hidden) this.#wire.open();
    this.#page?.tell();
  }

  #hello(): PageFrame {
    const { store, token, tab, host } = this.#o;
    // Another page of this tab may have gone on with the share, or ended it, while this one was put away.
    const kept = store.read() as KeptShare | null;
    if (!kept) {
      this.#end("closed");
      throw new Error();
    }
    this.#kept = kept;
    this.#gate = this.#newGate();
    return {
      type: "resume_share",
      site: host.settings.site,
      token: token() ?? "",
      share: kept.share,
      key: kept.key,
      tab: tab(),
      epoch: this.#gate.grant?.epoch ?? 0,
    };
  }

  #newGate(): Gate {
    const { high, grant } = this.#kept;
    return new Gate(high, grant, (now, given) => {
      const { grant: _, ...kept } = this.#kept;
      this.#keep({ ...kept, high: now, ...(given && { grant: given }) });
    });
  }

  #keep(kept: KeptShare): void {
    this.#kept = kept;
    if (!this.#over) this.#o.store.write(kept);
  }

  #state(state: LinkState, reason: ClosingReason | undefined): void {
    this.#linked = state === "open";
    if (!this.#linked) {
      this.#gate.suspend();
      this.#o.face.pointer.hide();
      this.#settle();
    }
    if (state !== "ended") return;
    if (reason === "other_tab") this.#end("elsewhere");
    else this.#end("closed");
  }

  #hear(frame: ToPage): void {
    this.#heardAt = performance.now();
    switch (frame.type) {
      case "welcome":
        this.#welcomed(frame);
        break;
      case "consent_asked":
        this.#replaced(frame);
        break;
      case "control_asked":
        this.#o.face.ask({ ...frame, about: "control" }, (granted) => this.#answerControl(frame, granted));
        break;
      case "proposed":
        this.#proposed(frame);
        break;
      case "ask_ended":
        this.#o.face.askEnded(frame.ask);
        break;
      case "control_ended":
        if (frame.epoch >= (this.#gate.grant?.epoch ?? 0)) this.#gate.close(frame.epoch);
        this.#o.face.pointer.hide();
        this.#tell();
        break;
      case "sharing_ended":
        this.#end(OVER[frame.reason]);
        break;
      case "snapshot_wanted":
        this.#recorder?.snapshot();
        break;
      case "assets_wanted":
        void this.#wire.assets(frame.hashes, this.#assets, () => this.#linked);
        break;
      case "watchers_changed":
        this.#watchers = frame.watchers;
        this.#settle();
        break;
      case "pointed":
        this.#point(frame);
        break;
      case "action_ordered":
        this.#obey(frame);
        break;
    }
  }

  #proposed({ ask, agent, path, title, seconds }: Extract<ToPage, { type: "proposed" }>): void {
    const question = { about: "go", ask, agent, title, seconds } as const;
    this.#o.face.ask(question, (granted) => {
      this.#say({ type: "answer_proposal", ask, granted });
      if (granted) goWithin(path);
    });
  }

  #welcomed({ key, stage, watchers, settings }: Extract<ToPage, { type: "welcome" }>): void {
    this.#agent = "agent" in stage ? stage.agent : this.#agent;
    this.#keep({ ...this.#kept, key, ...(this.#agent && { agent: this.#agent }) });
    if (stage.type === "idle") {
      this.#end("closed");
      return;
    }
    const server = grantOf(stage);
    // Raising needs both: whatever differs ends control on both sides.
    if (!this.#gate.compare(server) && server) this.#say({ type: "take_back_control", epoch: server.epoch });
    this.#watchers = watchers;
    this.#asking = stage.type === "asked";
    if (toJson(settings) !== toJson(this.#settings)) {
      this.#settings = settings;
      const filter = pageFilter(document, settings, this.#assets, mirror, this.#away.signal);
      this.#filter = filter;
      this.#remote = new Remote({ filter, mirror });
      this.#page?.stop();
      this.#page = new PageNow(settings, filter, (page) => this.#described(page));
    }
    this.#page?.tell(true);
    this.#settle();
  }

  /** Somebody else takes over: control and pictures end now, and wait for a consent to that name. */
  #replaced(frame: Extract<ToPage, { type: "consent_asked" }>): void {
    this.#asking = true;
    this.takeBack();
    this.#settle();
    this.#o.face.ask({ ...frame, about: "replace" }, (granted) => {
      if (granted) {
        this.#asking = false;
        this.#agent = frame.agent;
        this.#keep({ ...this.#kept, agent: frame.agent });
      }
      this.#say({ type: "answer_consent", ask: frame.ask, granted });
      this.#settle();
    });
  }

  /** Runs on the visitor's own press only: the one way to open the gate. */
  #answerControl({ ask, agent }: Extract<ToPage, { type: "control_asked" }>, granted: boolean): void {
    const epoch = granted && this.#rule() === "full" ? this.#gate.give(agent.id) : 0;
    const said = this.#say({ type: "answer_control", ask, granted: epoch > 0, epoch });
    if (epoch && !said) this.#gate.close();
    this.#tell();
  }

  /** The recorder runs while somebody watches who was agreed to, and Stop can be reached. */
  #settle(): void {
    const allowed = this.#prepared && this.#linked && !this.#over && !this.#covered && !this.#asking;
    const wanted = allowed && this.#watchers.length > 0;
    if (!wanted) {
      this.#recorder?.stop();
      this.#recorder = undefined;
    } else if (!this.#recorder && this.#filter && this.#rule() !== "off") {
      this.#keep({ ...this.#kept, doc: this.#kept.doc + 1 });
      this.#wire.document(this.#kept.doc);
      this.#recorder = new Recorder(this.#filter, this.#wire, () => this.#flushed());
    }
    this.#tell();
  }

  #flushed(): void {
    this.#page?.tellSoon();
    const hashes = this.#assets.take();
    while (hashes.length) this.#say({ type: "offer_assets", hashes: hashes.splice(0, OFFERED_MAX) });
  }

  #point({ at, click }: Extract<ToPage, { type: "pointed" }>): void {
    const element = (at && mirror.getNode(at.node)) as Element | null | undefined;
    if (!at || element?.nodeType !== 1) this.#o.face.pointer.hide();
    else this.#o.face.pointer.show(this.#agent?.first_name ?? "", element, at, click);
    if (click && element && this.#filter)
      this.#say({ type: "report_pointing", label: this.#filter.label(element) });
  }

  #obey({ n, epoch, action }: Extract<ToPage, { type: "action_ordered" }>): void {
    const verdict = this.#gate.lets(epoch, n);
    if (verdict === "again") return;
    const report = (outcome: ActionOutcome) => this.#say({ type: "report_action", n, outcome });
    const seeOnly = this.#rule() === "full" ? undefined : "see_only";
    const why = verdict === "stale" ? verdict : (this.#hands.refuses() ?? seeOnly);
    if (why) {
      report({ type: "refused", why });
      return;
    }
    if (this.#remote)
      carryOut(this.#remote, action, report, ({ element, place }) =>
        this.#o.face.pointer.show(this.#agent?.first_name ?? "", element, place, action.type === "click"),
      );
  }

  #rule(): PageRule {
    return this.#page?.rule() ?? "off";
  }

  /** The page is another one than was said. Where sharing is off it ends here. */
  #described(page: SharedPage): boolean {
    if (page.rule === "off") this.#end("page_off", "page_off");
    if (page.rule === "see_only" && this.#gate.grant) {
      this.#gate.close();
      this.#tell();
    }
    return this.#say({ type: "describe_page", page });
  }

  #beat(): void {
    if (!this.#linked) return;
    this.#say({ type: "beat" });
    if (performance.now() - this.#heardAt > SILENT_MS) {
      this.#heardAt = performance.now();
      this.#wire.again();
    }
    this.#page?.tell();
  }

  #say(frame: PageFrame): boolean {
    return this.#wire.say(frame);
  }

  /** A cut is worth a word when it lasts: each navigation is one. `now`: the visitor did it. */
  #tell(now = false): void {
    clearTimeout(this.#telling);
    if (this.#over) return;
    const show = () => this.#o.face.show(this.#mood());
    if (this.#linked || !this.#filter || now) show();
    else this.#telling = setTimeout(show, CUT_SHOWN_AFTER_MS);
  }

  #mood(): Mood {
    const agent = this.#agent;
    if (!this.#linked) return { is: "connecting", agent: this.#filter && agent };
    if (this.#covered) return { is: "paused", why: "covered" };
    if (this.#gate.open && agent) return { is: "driven", agent, watchers: this.#watchers };
    return this.#watchers.length && !this.#asking
      ? { is: "seen", watchers: this.#watchers }
      : { is: "paused", why: "unwatched" };
  }

  /** Off: recorder, gate and what the tab keeps first, the server after. */
  #end(why: Over | "elsewhere", said?: PageStop): void {
    if (this.#over) return;
    this.#gate.close();
    this.#over = true;
    this.#settle();
    this.#o.store.remove();
    this.#o.face.pointer.hide();
    this.#assets.stop();
    this.#away.abort();
    clearTimeout(this.#coveredEnd);
    this.#page?.stop();
    if (said && !this.#say({ type: "stop_sharing", reason: said })) this.#o.stopByChat(this.#kept.share);
    this.#wire.close();
    this.#o.face.show(why === "elsewhere" ? { is: why } : { is: "over", why, agent: this.#agent });
    this.#o.ended();
  }
}

/**
 * Where the share stands, as the agent's tab knows it: one value, changed only by `apply`.
 *
 * Pure: time is given, in milliseconds of a clock that never goes back. What each phase is called is
 * phases.ts; sockets are receiver.ts.
 */
import type {
  AgentRef,
  ClosingReason,
  ControlEnd,
  FrameFault,
  LinkState,
  NotAgreed,
  Refusal,
  SharedPage,
  ShareEnd,
  ShareLevel,
  ShareStage,
  ShareView,
  ToWatcher,
} from "../shared";

/** With no sign of the page for so long, the picture is called frozen. */
export const FROZEN_MS = 5_000;

/** What ended last, told until something else begins. */
export type Told =
  | { type: "not_agreed"; level: ShareLevel; why: NotAgreed }
  | { type: "control_ended"; reason: ControlEnd }
  | { type: "ended"; reason: ShareEnd };

export interface Screen {
  link: LinkState;
  closing?: ClosingReason | undefined;
  me?: AgentRef | undefined;
  view?: ShareView | undefined;
  page?: SharedPage | undefined;
  told?: Told | undefined;
  /** When the question that is open ends. */
  deadline?: number | undefined;
  /** When sharing began, as far as this tab knows. */
  since?: number | undefined;
  /** The last sign of the visitor's page. */
  heardAt: number;
  /** A picture of the document that is shown now stands. */
  drawn: boolean;
  unshowable?: FrameFault | undefined;
  refusal?: Refusal | undefined;
  /** A page of a product was proposed and not answered yet. */
  proposed: boolean;
}

export type Input =
  | ToWatcher
  | { type: "link_changed"; state: LinkState; reason?: ClosingReason | undefined }
  /** A full snapshot stands. */
  | { type: "drawn" }
  /** What follows cannot be shown before the next full snapshot. */
  | { type: "lost" }
  | { type: "proposed" }
  | { type: "told_read" };

export const emptyScreen: Screen = { link: "connecting", heardAt: 0, drawn: false, proposed: false };

export function apply(screen: Screen, input: Input, now: number): Screen {
  switch (input.type) {
    case "link_changed":
      return { ...screen, link: input.state, closing: input.reason };
    case "welcome":
      return withView({ ...screen, me: input.agent, heardAt: now, refusal: undefined }, input.view, now);
    case "changed":
      return withView(screen, input.view, now);
    case "not_agreed":
      return { ...screen, told: { type: "not_agreed", level: input.level, why: input.why } };
    case "control_ended":
      return { ...screen, told: { type: "control_ended", reason: input.reason } };
    case "sharing_ended":
      return { ...cleared(screen), told: { type: "ended", reason: input.reason } };
    case "page":
      return { ...screen, page: input.page, heardAt: now, unshowable: undefined };
    case "page_beat":
      return { ...screen, heardAt: now };
    case "drawn":
      return { ...screen, drawn: true, heardAt: now, unshowable: undefined };
    case "lost":
      return { ...screen, drawn: false };
    case "unshowable":
      return { ...screen, unshowable: input.why };
    case "proposed":
      return { ...screen, proposed: true };
    case "proposal_ended":
      return { ...screen, proposed: false };
    case "told_read":
      return { ...screen, told: undefined, refusal: undefined };
    case "fault":
      return { ...screen, refusal: input.refusal, proposed: false };
    case "outcome":
    case "product_page":
    case "beat":
    case "closing":
      return screen;
  }
}

function withView(screen: Screen, view: ShareView, now: number): Screen {
  const before = screen.view?.stage;
  const { stage } = view;
  const next: Screen = { ...screen, view, page: view.page ?? screen.page };
  if (stage.type === "idle") return { ...cleared(next), view };
  if (before?.type !== stage.type) {
    if (begins(stage)) next.told = undefined;
    next.heardAt = now;
    next.deadline = "seconds_left" in stage ? now + stage.seconds_left * 1000 : undefined;
    if (stage.type === "asked") next.drawn = false;
    else next.since ??= now;
  }
  return next;
}

/** A question or a grant makes what ended before it old news; sharing on after control does not. */
function begins(stage: ShareStage): boolean {
  return stage.type === "asked" || stage.type === "control_asked" || stage.type === "in_control";
}

/** After the end nothing of the page is kept. */
function cleared(screen: Screen): Screen {
  const { page: _page, since: _since, deadline: _deadline, unshowable: _fault, ...kept } = screen;
  return { ...kept, drawn: false, proposed: false };
}

/** What hinders the view of a page that is shared. */
export type Hindrance = "loading" | "frozen" | "hidden" | "unshowable";

/** What the agent has before them. Each phase has its words. */
export type Phase =
  | { name: "connecting" }
  | { name: "disconnected"; closing?: ClosingReason | undefined; over: boolean }
  | { name: "off" }
  | { name: "idle"; told?: Told | undefined }
  | { name: "asked"; left: number }
  /** A share of somebody else's, which this tab may only look at. */
  | { name: "watching"; agent: AgentRef; hindrance?: Hindrance | undefined }
  | { name: "sharing"; told?: Told | undefined; hindrance?: Hindrance | undefined }
  | { name: "control_asked"; left: number; hindrance?: Hindrance | undefined }
  | { name: "driving"; epoch: number; hindrance?: Hindrance | undefined }
  | { name: "suspended" }
  | { name: "away" };

export function phaseOf(screen: Screen, now: number): Phase {
  const { link, view, closing, told } = screen;
  if (link === "ended") return { name: "disconnected", closing, over: true };
  if (!view) return link === "lost" ? { name: "disconnected", closing, over: false } : { name: "connecting" };
  if (link !== "open") return { name: "disconnected", closing, over: false };
  const { stage } = view;
  if (stage.type === "idle") return view.settings.see || told ? { name: "idle", told } : { name: "off" };
  const hindrance = hindranceOf(screen, now);
  if (stage.agent.id !== screen.me?.id) return { name: "watching", agent: stage.agent, hindrance };
  switch (stage.type) {
    case "asked":
      return { name: "asked", left: left(screen, now) };
    case "sharing":
      return { name: "sharing", told, hindrance };
    case "control_asked":
      return { name: "control_asked", left: left(screen, now), hindrance };
    case "in_control":
      return { name: "driving", epoch: stage.epoch, hindrance };
    case "suspended":
      return { name: "suspended" };
    case "away":
      return { name: "away" };
  }
}

function left(screen: Screen, now: number): number {
  return Math.max(0, Math.ceil(((screen.deadline ?? now) - now) / 1000));
}

function hindranceOf(screen: Screen, now: number): Hindrance | undefined {
  if (screen.unshowable) return "unshowable";
  if (screen.page && !screen.page.visible) return "hidden";
  if (now - screen.heardAt > FROZEN_MS) return "frozen";
  return screen.drawn ? undefined : "loading";
}

export interface Abilities {
  ask: boolean;
  point: boolean;
  askControl: boolean;
  drive: boolean;
  /** Propose a product's page. */
  show: boolean;
  stop: boolean;
}

/** What may be asked and done now; the server and the page have the last word. */
export function abilities(screen: Screen, phase: Phase): Abilities {
  const settings = screen.view?.settings;
  const shared = phase.name === "sharing" || phase.name === "control_asked" || phase.name === "driving";
  const mine = shared || phase.name === "suspended" || phase.name === "away" || phase.name === "asked";
  return {
    ask: phase.name === "idle" && settings?.see === true,
    point: shared && settings?.point === true,
    askControl: phase.name === "sharing" && settings?.control === true && screen.page?.rule !== "see_only",
    drive: phase.name === "driving",
    show: shared && screen.page?.rule !== "see_only",
    stop: mine && phase.name !== "asked",
  };
}

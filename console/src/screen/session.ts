/**
 * What the parts of the agent's tab share: the receiver, the orders and the hand, and how the agent
 * is at work with them. One conversation a tab, so these stand once.
 */
import { computed, signal } from "@preact/signals";
import { showOnPage } from "../products/call";
import { explained } from "../refusals";
import type { ConversationId, ProductId, WatcherFrame } from "../shared";
import { announce } from "../ui/announcer";
import { toast } from "../ui/toasts";
import { t } from "../words";
import { type Field, Hand, type Mode, type Point } from "./hand";
import { type Failure, Orders } from "./orders";
import type { Picture, PointerSeen } from "./picture";
import { type Canvas, put, Receiver, screen } from "./receiver";
import { abilities, phaseOf } from "./state";
import type { Kind } from "./wire";

/** Moves every half second while the tab is open: countdowns and silences are told in time. */
const tick = signal(performance.now());
const TICK_MS = 500;
/** A refusal stands beside the pointer for so long. */
const REFUSAL_MS = 4_000;
/** An order comes back as a recorded pointer within it. */
const OWN_ECHO_MS = 700;

export const phase = computed(() => phaseOf(screen.value, Math.max(tick.value, screen.value.heardAt)));
export const can = computed(() => abilities(screen.value, phase.value));
/** Point was chosen. While driving the hand drives. */
export const pointing = signal(false);
export const mode = computed<Mode>(() => {
  if (can.value.drive) return "drive";
  return pointing.value && can.value.point ? "point" : "look";
});
export const size = signal({ width: 0, height: 0 });
export const pointer = signal<PointerSeen | undefined>(undefined);
export const field = signal<Field | undefined>(undefined);
/** Where the agent acted last, for what is said about it. */
export const acted = signal<Point>({ x: 0, y: 0 });
export const refused = signal<{ failure: Failure; turn: number } | undefined>(undefined);

let receiver: Receiver | undefined;
let picture: Picture | undefined;
let refusalTimer: ReturnType<typeof setTimeout> | undefined;
let name = () => "";

export const orders = new Orders({
  send: (n, epoch, action) => receiver?.order(n, epoch, action) ?? false,
  onFailure: refuse,
});

export const hand = new Hand({
  ground: {
    targetAt: (x, y) => picture?.targetAt(x, y),
    number: (element) => picture?.number(element),
    get frame() {
      return picture?.frame;
    },
  },
  orders,
  mode: () => mode.peek(),
  point: (at, click) => say({ type: "point", click, ...(at ? { at } : {}) }),
  onField: (opened) => {
    field.value = opened;
  },
});

export function openShare(conversation: ConversationId, ask: boolean, host: HTMLElement): () => void {
  receiver = new Receiver({
    conversation,
    ask,
    canvas: fetchPicture(host),
    onOutcome: ({ n, outcome }) => orders.heard(n, outcome),
    onProposalEnded: (granted) => {
      if (!granted) toast(t("share_proposal_refused", { name: name() }));
    },
    // Beside a picture nothing else would say it; where there is none the screen does.
    onRefused: (refusal) => {
      if (showOnPage.peek()) toast(explained(refusal));
    },
    onProductPage: (path) => hand.give({ type: "go", path }),
  });
  receiver.open();
  const clock = setInterval(() => {
    tick.value = performance.now();
  }, TICK_MS);
  const unfollow = phase.subscribe((now) => {
    if (now.name === "driving") orders.begin(now.epoch);
    // On its way to the next page the grant still stands: numbers go on rising.
    else if (now.name !== "suspended") orders.end();
    if (now.name !== "driving") field.value = undefined;
  });
  const unshow = can.subscribe(({ show }) => {
    showOnPage.value = show ? propose : undefined;
  });
  return () => {
    unshow();
    unfollow();
    clearInterval(clock);
    receiver?.close();
    receiver = undefined;
    picture = undefined;
  };
}

/** The replayer is most of this tab's weight: it comes while the visitor is asked. */
async function fetchPicture(host: HTMLElement): Promise<Canvas> {
  const [{ Picture }, { clean }] = await Promise.all([import("./picture"), import("./clean")]);
  picture = new Picture({
    root: host,
    unshared: t("share_not_shared_frame"),
    clean: (kind: Kind, body: unknown) => clean(kind, body),
    onSize: (width, height) => {
      size.value = { width, height };
    },
    onPointer: (seen) => {
      // What an order does on the page is recorded like a hand: it is the agent's own, not the visitor's.
      if (performance.now() - orders.sentAt > OWN_ECHO_MS) pointer.value = seen;
    },
    onBroken: () => receiver?.lost(),
  });
  const drawn = picture;
  return {
    draw: (kind, body) => drawn.draw(kind, body),
    clear: () => {
      drawn.clear();
      pointer.value = undefined;
      field.value = undefined;
    },
  };
}

export function pictureFrame(): Element | undefined {
  return picture?.frame;
}

/** Whom refusals and notices name. */
export function nameVisitor(by: () => string): void {
  name = by;
}

export function say(frame: WatcherFrame): void {
  receiver?.say(frame);
}

/** Driving, the page goes there at once; else the visitor is asked with one click. */
function propose(product: ProductId): void {
  say({ type: "propose_product", product });
  if (can.peek().drive) return;
  put({ type: "proposed" });
  toast(t("share_proposed", { name: name() }));
}

export function reconnect(): void {
  receiver?.retryNow();
}

export function ask(): void {
  put({ type: "told_read" });
  say({ type: "ask_consent" });
}

function refuse(failure: Failure): void {
  refused.value = { failure, turn: (refused.peek()?.turn ?? 0) + 1 };
  announce(t(`refused_${failure}`, { name: name() }));
  clearTimeout(refusalTimer);
  refusalTimer = setTimeout(() => {
    refused.value = undefined;
  }, REFUSAL_MS);
}

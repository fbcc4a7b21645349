/**
 * The visitor's page, replayed: a fresh replayer for each full snapshot, set so that every event is
 * applied at once, and behind it the picture before until the next one stands.
 *
 * Nothing reaches the replayer but through the sanitiser. The visitor's pointer is drawn by the stage;
 * here it is only read. Orders are hand.ts.
 */
import { Replayer } from "@rrweb/replay";
import type { eventWithTime } from "@rrweb/types";
import { unshared } from "../../../widget/src/shared/allowed.json";
import { lookAgain } from "./late";
import type { Canvas } from "./receiver";
import { POPOVER } from "./sanitise";
import { above, originOf, type Target, targetAt } from "./target";
import { trustDoctypes } from "./trust";
import { FULL, type Kind } from "./wire";

/** Older than this is every event: the replayer then applies it at once instead of on a timer. */
const FAR_FUTURE_MS = 1e12;
const SANDBOX = "allow-same-origin";
const HOVERED = ":hover";
/** Where no script may run, browsers put controls on every video: the visitor sees none. */
const NO_CONTROLS = "video:not([controls])::-webkit-media-controls{display:none!important}";

// rrweb's numbers, of which the package exports only types.
const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const META = 4;
const MOVES: ReadonlySet<number> = new Set([1, 6, 12]);
const INTERACTION = 2;
const SELECTION = 14;
const PRESSES: ReadonlySet<number> = new Set([2, 7]);

export interface PointerSeen {
  x: number;
  y: number;
  pressed: boolean;
}

export interface PictureOptions {
  root: HTMLElement;
  /** What is written on a box of the page that is not shared. */
  unshared: string;
  /** What of a body from a stranger's browser may be shown; undefined = nothing of it. */
  clean(kind: Kind, body: unknown): Promise<readonly eventWithTime[] | undefined>;
  onSize(width: number, height: number): void;
  onPointer(pointer: PointerSeen): void;
  /** A snapshot could not be rebuilt. */
  onBroken(): void;
}

/** What the replayer keeps and does not name in its types. */
interface Inside {
  cache: unknown;
  service: { state: { context: { events: unknown[] } } };
}

interface Layer {
  box: HTMLElement;
  replayer: Replayer;
  standing: boolean;
}

export class Picture implements Canvas {
  #options: PictureOptions;
  #layer: Layer | undefined;
  /** Rises with each event: the replayer sorts by time, and the visitor's clock is anybody's guess. */
  #at = 0;
  #hovered: ReadonlySet<Element> = new Set();

  constructor(options: PictureOptions) {
    this.#options = options;
  }

  get frame(): HTMLIFrameElement | undefined {
    return this.#layer?.replayer.iframe;
  }

  async draw(kind: Kind, body: unknown): Promise<boolean> {
    const events = await this.#options.clean(kind, body);
    if (!events) return false;
    return kind === FULL ? this.#begin(events) : this.#go(events);
  }

  clear(): void {
    if (this.#layer) remove(this.#layer);
    this.#layer = undefined;
    this.#hovered = new Set();
    this.#options.root.replaceChildren();
  }

  /** What lies under a point of the visitor's viewport. */
  targetAt(x: number, y: number): Target | undefined {
    const root = this.frame?.contentDocument;
    const mirror = this.#layer?.replayer.getMirror();
    return root && mirror ? targetAt(root, { x, y }, mirror) : undefined;
  }

  /** The element of a number, while it is on the page. */
  element(id: number): Element | undefined {
    const node = this.#layer?.replayer.getMirror().getNode(id);
    return node?.nodeType === Node.ELEMENT_NODE && node.isConnected ? (node as Element) : undefined;
  }

  number(element: Element): number | undefined {
    const id = this.#layer?.replayer.getMirror().getId(element) ?? 0;
    return id > 0 ? id : undefined;
  }

  #begin(events: readonly eventWithTime[]): boolean {
    const before = this.#layer;
    const layer = this.#layerOn(before);
    if (!layer) return false;
    layer.replayer.on("fullsnapshot-rebuilded", () => {
      // The picture before stays until the next one stands: no white gap at a navigation.
      if (before) remove(before);
      const { contentDocument } = layer.replayer.iframe;
      if (contentDocument) lookAgain(contentDocument);
      layer.standing = true;
      layer.box.classList.remove("layer-coming");
    });
    this.#layer = layer;
    const fed = this.#feed(layer, events);
    queueMicrotask(() => {
      if (fed && layer.standing) return;
      remove(layer);
      if (this.#layer === layer) this.#layer = before?.standing ? before : undefined;
      this.#options.onBroken();
    });
    return fed;
  }

  #go(events: readonly eventWithTime[]): boolean {
    return this.#layer !== undefined && this.#feed(this.#layer, events);
  }

  #layerOn(before: Layer | undefined): Layer | undefined {
    const box = document.createElement("div");
    box.className = before ? "layer layer-coming" : "layer";
    this.#options.root.append(box);
    const replayer = new Replayer([], {
      root: box,
      liveMode: true,
      useVirtualDom: false,
      triggerFocus: false,
      pauseAnimation: false,
      mouseTail: false,
      showWarning: false,
      UNSAFE_replayCanvas: false,
      logger: { log() {}, warn() {} },
      insertStyleRules: [unsharedRule(this.#options.unshared), NO_CONTROLS],
    });
    const { iframe } = replayer;
    if (iframe.getAttribute("sandbox") !== SANDBOX || !iframe.contentWindow) {
      box.remove();
      return undefined;
    }
    iframe.tabIndex = -1;
    trustDoctypes(iframe.contentWindow);
    // Most of a rebuild is work on style sheets that the page before had too.
    if (before) inside(replayer).cache = inside(before.replayer).cache;
    replayer.on("resize", (size) => {
      const { width, height } = size as { width: number; height: number };
      this.#options.onSize(width, height);
    });
    replayer.startLive(Date.now() + FAR_FUTURE_MS);
    return { box, replayer, standing: false };
  }

  #feed(layer: Layer, events: readonly eventWithTime[]): boolean {
    const frame = layer.replayer.iframe;
    for (const event of events) {
      if (frame.getAttribute("sandbox") !== SANDBOX) return false;
      if (Number(event.type) === POPOVER) {
        // After what came before it, which is applied in microtasks too.
        queueMicrotask(() => togglePopover(layer, event.data as unknown as { id: number; open: boolean }));
        continue;
      }
      if (this.#isHand(layer, event)) continue;
      this.#at += 1;
      layer.replayer.addEvent({ ...event, timestamp: this.#at });
    }
    // Applied in microtasks that were queued just now: what it keeps of them is of no use to us.
    queueMicrotask(() => inside(layer.replayer).service.state.context.events.splice(1));
    return true;
  }

  /** The visitor's pointer, presses and selection are ours to draw: the replayer would only half do it. */
  #isHand(layer: Layer, event: eventWithTime): boolean {
    if (event.type !== INCREMENTAL) return event.type !== META && event.type !== FULL_SNAPSHOT;
    const { data } = event;
    if (MOVES.has(data.source)) {
      const last = (data as { positions: { x: number; y: number; id: number }[] }).positions.at(-1);
      if (last) this.#point(layer, last.x, last.y, last.id, false);
      return true;
    }
    if (data.source === INTERACTION) {
      const { type, x, y, id } = data as { type: number; x?: number; y?: number; id: number };
      if (x !== undefined && y !== undefined) this.#point(layer, x, y, id, PRESSES.has(type));
      return true;
    }
    return data.source === SELECTION;
  }

  #point(layer: Layer, x: number, y: number, id: number, pressed: boolean): void {
    const top = layer.replayer.iframe.contentDocument;
    const node = layer.replayer.getMirror().getNode(id);
    if (!top || !layer.standing) return;
    const element = node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : undefined;
    const origin = element ? originOf(element, top) : { x: 0, y: 0 };
    if (element) this.#hover(top, element);
    this.#options.onPointer({ x: x + origin.x, y: y + origin.y, pressed });
  }

  /** The rebuilt style sheets hold a twin of every `:hover` rule for this class. */
  #hover(top: Document, element: Element): void {
    const chain = new Set<Element>();
    const frame = top.defaultView?.frameElement;
    for (let node: Element | undefined = element; node && node !== frame; node = above(node)) chain.add(node);
    for (const one of this.#hovered) {
      if (!chain.has(one)) one.classList.remove(HOVERED);
    }
    for (const one of chain) one.classList.add(HOVERED);
    this.#hovered = chain;
  }
}

/** As a picture in the background: a frame has no text of its own. */
function unsharedRule(words: string): string {
  const text = words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const drawn =
    '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="32"><text x="80" y="20" fill="#4a5468" ' +
    `font-family="sans-serif" font-size="14" text-anchor="middle">${text}</text></svg>`;
  const image = `url("data:image/svg+xml,${encodeURIComponent(drawn)}")`;
  return `[${unshared}]{background:#eef1f5 ${image} center no-repeat!important;outline:1px dashed #7b8496;outline-offset:-1px}`;
}

function togglePopover({ replayer }: Layer, { id, open }: { id: number; open: boolean }): void {
  const element = replayer.getMirror().getNode(id) as HTMLElement | null;
  // Of a box that stands for something that is not shown, or gone already.
  if (!element?.isConnected || !element.hasAttribute?.("popover")) return;
  if (element.matches(":popover-open") !== open) element.togglePopover(open);
}

function inside(replayer: Replayer): Inside {
  return replayer as unknown as Inside;
}

function remove(layer: Layer): void {
  // Its frame may be gone already when a page replaced another in the same moment.
  if (layer.box.isConnected) layer.replayer.destroy();
  layer.box.remove();
}

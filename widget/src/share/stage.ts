/**
 * Our own host on the store's page for banner, questions and pointer, and the watch that keeps it on top.
 *
 * It stands in the top layer, as a popover: above every z-index of the store. What the store opens later
 * (a modal dialog makes all outside of itself inert) lies above it: then the host is raised again, and if
 * that is not enough moved into what covers it, and back when that closes.
 */
import type { Host } from "../page/contract";
import type { Root } from "../page/root";

const LOOK_EVERY_MS = 250;
/** Out of reach for so long: nothing may be shared without a Stop. */
const COVERED_AFTER_MS = 1_000;
/** Our own elements on the page: never recorded, never touched by an order. */
export const OWN = "comptoir-launcher,comptoir-chat,comptoir-share";

interface StageOptions {
  /** What must stay on top at its centre. */
  kept(): Element | null;
  covered(covered: boolean): void;
  /** A look around, every so often: the page may have changed. */
  looked(): void;
}

export class Stage {
  readonly shadow: ShadowRoot;
  readonly #root: Root;
  readonly #host: HTMLElement;
  readonly #options: StageOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #coveredSince: number | undefined;
  #covered = false;

  constructor(host: Host, options: StageOptions, styles: readonly string[]) {
    this.#options = options;
    this.#root = host.addRoot("comptoir-share", "", host.config.lang);
    this.shadow = this.#root.shadow;
    this.#host = this.shadow.host as HTMLElement;
    this.#host.popover = "manual";
    for (const css of styles) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      this.shadow.adoptedStyleSheets.push(sheet);
    }
    this.#raise();
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  /** Puts the host where it can be reached, and says so when it cannot. */
  look(): void {
    const kept = this.#options.kept();
    if (document.hidden) return;
    const home = document.documentElement;
    const at = this.#host.parentElement;
    if (!this.#host.isConnected || (at !== home && !at?.matches(":modal"))) this.#move(home);
    this.#options.looked();
    const free = !kept || this.#onTop(kept);
    if (kept && !free && !this.#raised(kept)) this.#moved(kept);
    // Found covered look after look, however often it was raised, is out of reach.
    this.#coveredSince = free ? undefined : (this.#coveredSince ?? performance.now());
    const covered = !free && performance.now() - (this.#coveredSince ?? 0) >= COVERED_AFTER_MS;
    if (covered === this.#covered) return;
    this.#covered = covered;
    this.#options.covered(covered);
  }

  /** Nothing of the page lies over the element: at its centre, near its corners, at the centre of its buttons. */
  clear(element: Element): boolean {
    if (document.hidden) return false;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const points = [
      [left + 12, top + 12],
      [right - 12, top + 12],
      [left + 12, bottom - 12],
      [right - 12, bottom - 12],
      ...[element, ...element.querySelectorAll("button")].map(centre),
    ] as const;
    return points.every(([x = 0, y = 0]) => {
      const inner = topAt(x, y) === this.#host ? this.shadow.elementFromPoint(x, y) : null;
      return inner !== null && element.contains(inner);
    });
  }

  remove(): void {
    clearInterval(this.#timer);
    this.#root.remove();
  }

  #onTop(kept: Element): boolean {
    const [x = 0, y = 0] = centre(kept);
    return topAt(x, y) === this.#host;
  }

  #raised(kept: Element): boolean {
    this.#raise();
    return this.#onTop(kept);
  }

  /** Into the modal dialog or full-screen element that covers it. */
  #moved(kept: Element): void {
    const [x = 0, y = 0] = centre(kept);
    let holder: Node | null = topAt(x, y);
    while (holder && !(holder instanceof Element && holder.matches(":modal")))
      holder = holder.parentNode ?? (holder as ShadowRoot).host ?? null;
    if (holder && holder !== this.#host.parentNode) this.#move(holder as Element);
  }

  #move(home: Element): void {
    home.append(this.#host);
    this.#raise();
  }

  #raise(): void {
    try {
      this.#host.hidePopover();
      this.#host.showPopover();
    } catch {
      // Not connected this moment, or no popovers: it stands by its z-index.
    }
  }
}

function centre(element: Element): [number, number] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

/** What lies on top there, through open shadow roots; our own host is not looked into. */
export function topAt(x: number, y: number, from: DocumentOrShadowRoot = document): Element | null {
  const found = from.elementFromPoint(x, y);
  if (!found?.shadowRoot || found.matches(OWN)) return found;
  const inner = topAt(x, y, found.shadowRoot);
  return inner && inner !== found ? inner : found;
}

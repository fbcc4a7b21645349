/**
 * What an agent's order does on the page: the listed actions, in the order in which a browser would tell
 * the page of them, and nothing else.
 *
 * `prepare` decides and refuses; the answer's `run` does it, so that it can be acknowledged before (a
 * click that navigates would never be). Whether orders run at all is the gate's (gate.ts).
 */
import type {
  ActionOutcome,
  ActionRefusal,
  ActKind,
  Place,
  RemoteAction,
  ShareAct,
} from "../shared/protocol";
import type { NodeMirror, PageFilter } from "./contract";
import { entering, press } from "./keys";
import { frameOf, outwards, type Point, pointOf } from "./point";
import { OWN, topAt } from "./stage";
import { climb, focused, holds, lineage, windowOf } from "./tree";

export interface Around {
  filter: PageFilter;
  mirror: NodeMirror;
}

export interface Prepared {
  act?: ShareAct | undefined;
  run(): void;
  /** Where it happens, for the pointer. */
  at?: { element: Element; place: Place } | undefined;
}

const TEXT_TYPES = /^(?:text|search|tel|url|email|number|date|time|month|week|datetime-local|color|range)$/;
/** What takes the focus when it is pressed. */
const FOCUSABLE = "a[href],button,input,select,textarea,summary,[tabindex],[contenteditable]";

export class Refused extends Error {
  constructor(readonly why: ActionRefusal) {
    super(why);
  }
}

const refuse = (why: ActionRefusal): never => {
  throw new Refused(why);
};

/** Acknowledges an order, then does it: a click that navigates would never be acknowledged. */
export function carryOut(
  remote: Remote,
  action: RemoteAction,
  report: (outcome: ActionOutcome) => void,
  show: (at: NonNullable<Prepared["at"]>) => void,
): void {
  try {
    const { act, run, at } = remote.prepare(action);
    report({ type: "done", ...(act && { act }) });
    if (at) show(at);
    run();
  } catch (fault) {
    // What the page's own handlers throw stays theirs; anything unclear is refused.
    report({ type: "refused", why: fault instanceof Refused ? fault.why : "wrong_kind" });
  }
}

/** Orders on one page: remembers what is hovered, and which fields were told of. */
export class Remote {
  readonly around: Around;
  #hovered: Element | undefined;
  #typed = new WeakSet<Element>();

  constructor(around: Around) {
    this.around = around;
  }

  /** Throws `Refused`. */
  prepare(action: RemoteAction): Prepared {
    switch (action.type) {
      case "move": {
        const { element, hit, point } = this.#reach(action.at);
        return { at: { element, place: action.at }, run: () => this.#hover(hit, point) };
      }
      case "click":
        return this.#click(action.at, action.button === "right");
      case "set_value":
        return this.#setValue(this.#element(action.node), action.text, action.commit);
      case "choose":
        return this.#choose(this.#element(action.node), action.indexes);
      case "press": {
        const element = action.node === undefined ? focused() : this.#element(action.node);
        this.#allowed(element);
        if (action.key === "enter") entering(element as HTMLInputElement, this);
        return {
          ...this.#act("pressed", element),
          run: () => this.#guarded(element, () => press(element, action.key, this)),
        };
      }
      case "scroll":
        return this.#scroll(action.node, action.x, action.y);
      case "back":
      case "forward":
        return this.#travel(action.type);
      case "go": {
        const url = new URL(action.path, location.href);
        if (!action.path.startsWith("/") || url.origin !== location.origin) refuse("off_site");
        const label = this.around.filter.scrubUrl(url.href);
        return { act: { kind: "went", label }, run: () => location.assign(url) };
      }
    }
  }

  /** Whether activating this would leave what an order may do. Also asked for keys that activate. */
  activates(element: Element): void {
    const control = element.closest("label")?.control ?? element;
    if (control !== element) this.#allowed(control);
    const { filter } = this.around;
    if (control.matches(":disabled") || element.closest(":disabled")) refuse("disabled");
    if (control.matches("input[type=file i]")) refuse("file");
    if (control.matches("input[type=radio i],input[type=checkbox i]") && filter.rank(control) !== "shown")
      refuse("masked");
    const link = climb(element, "a[href],a[*|href],area[href]");
    if (link) checkLink(link as HTMLAnchorElement);
    const button = climb(control, "button,input,[role=button]") as HTMLButtonElement | null;
    if (button && submits(button)) this.submits(button.form, button);
  }

  submits(form: HTMLFormElement | null | undefined, button?: Element): void {
    if (!form) return;
    if (this.around.filter.formHoldsSecret(button ?? form)) refuse("form_secret");
    const said = (name: string) => button?.getAttribute(`form${name}`) ?? form.getAttribute(name);
    if (namesAnother(said("target"))) refuse("new_tab");
    const action = said("action");
    if (action) checkUrl(new URL(action, form.baseURI));
  }

  /** Down, focus, up, click: in the page's own words, at the place where it lies. */
  clickOn(hit: Element, point: Point, right = false): void {
    const own = windowOf(hit);
    const pointer = (name: string, buttons: number) =>
      hit.dispatchEvent(
        new own.PointerEvent(`pointer${name}`, { ...at(own, point, right), buttons, ...MOUSE }),
      );
    const mouse = (name: string, buttons: number) =>
      hit.dispatchEvent(new own.MouseEvent(`mouse${name}`, { ...at(own, point, right), buttons, detail: 1 }));
    const downs = right ? 2 : 1;
    pointer("down", downs);
    if (mouse("down", downs)) focusFrom(hit);
    pointer("up", 0);
    mouse("up", 0);
    const name = right ? "contextmenu" : "click";
    hit.dispatchEvent(new own.PointerEvent(name, { ...at(own, point, right), detail: 1, ...MOUSE }));
  }

  /** A page may send its form from anywhere: one with a secret goes only by the visitor's own hand. */
  #guarded(element: Element, act: () => void): void {
    const own = windowOf(element);
    const guard = (event: Event) => {
      if (event.target instanceof own.Element && this.around.filter.formHoldsSecret(event.target))
        event.preventDefault();
    };
    own.addEventListener("submit", guard, true);
    try {
      act();
    } finally {
      own.removeEventListener("submit", guard, true);
    }
  }

  #click(place: Place, right: boolean): Prepared {
    const { element, hit, point } = this.#reach(place);
    if (!right) this.activates(hit);
    return {
      ...this.#act("clicked", element),
      at: { element, place },
      run: () =>
        this.#guarded(hit, () => {
          this.#hover(hit, point);
          this.clickOn(hit, point, right);
        }),
    };
  }

  #setValue(element: Element, text: string, commit: boolean): Prepared {
    this.#allowed(element);
    const field = element as HTMLInputElement;
    const editable = (element as HTMLElement).isContentEditable;
    if (field.type === "file") refuse("file");
    if (!editable && !(field.localName === "textarea" || isTextInput(field))) refuse("wrong_kind");
    if (field.matches(":disabled") || field.readOnly) refuse("disabled");
    const { act } = this.#typed.has(element) ? { act: undefined } : this.#act("typed", element);
    this.#typed.add(element);
    return {
      act,
      run: () =>
        this.#guarded(field, () => {
          field.focus();
          if (editable) rewrite(field, text);
          else setNative(field, "value", field.maxLength > 0 ? text.slice(0, field.maxLength) : text);
          if (!editable) tellInput(field, "insertText", text);
          if (commit) tellChange(field);
        }),
    };
  }

  #choose(element: Element, indexes: readonly number[]): Prepared {
    this.#allowed(element);
    if (element.localName !== "select") refuse("wrong_kind");
    const select = element as HTMLSelectElement;
    if (this.around.filter.rank(select) !== "shown") refuse("masked");
    const options = indexes.map((index) => select.options[index] ?? refuse("gone"));
    if (select.matches(":disabled") || options.some((option) => option.matches(":disabled")))
      refuse("disabled");
    return {
      ...this.#act("chose", select),
      run: () =>
        this.#guarded(select, () => {
          if (select.multiple)
            for (const option of select.options) option.selected = options.includes(option);
          else setNative(select, "selectedIndex", indexes[0] ?? -1);
          tellInput(select);
          tellChange(select);
        }),
    };
  }

  #scroll(node: number | undefined, left: number, top: number): Prepared {
    const found = node === undefined ? document : this.around.mirror.getNode(node);
    const target = found?.nodeType === 9 ? (found as Document).scrollingElement : (found as Element | null);
    if (!target?.isConnected || !target.scrollTo) return refuse("gone");
    if (target !== document.scrollingElement) this.#allowed(target);
    return { run: () => target.scrollTo({ left, top, behavior: "instant" }) };
  }

  /** Only among this tab's entries of the same origin, where the browser tells. */
  #travel(way: "back" | "forward"): Prepared {
    const { navigation } = window as { navigation?: { canGoBack: boolean; canGoForward: boolean } };
    const can = way === "back" ? navigation?.canGoBack : navigation?.canGoForward;
    if (can === false) refuse("off_site");
    return { act: { kind: "went", label: "" }, run: () => history[way]() };
  }

  #act(kind: ActKind, element: Element): { act: ShareAct } {
    return { act: { kind, label: this.around.filter.label(element) } };
  }

  #element(node: number): Element {
    const found = this.around.mirror.getNode(node);
    if (found?.nodeType !== 1 || !found.isConnected) return refuse("gone");
    return found as Element;
  }

  /** Never our own parts, nor what is secret or left out; nothing behind a modal dialog; nothing unseen. */
  #allowed(element: Element): void {
    if (climb(element, OWN)) refuse("own_ui");
    const rank = this.around.filter.rank(element);
    if (rank === "secret" || rank === "dropped") refuse("secret");
    if (climb(element, "[inert]")) refuse("covered");
    for (let at: Element | null = element; at; at = frameOf(at)) {
      if (!at.getClientRects().length) refuse("gone");
      const modal = [...at.ownerDocument.querySelectorAll(":modal")].at(-1);
      if (modal && !holds(modal, at)) refuse("covered");
    }
  }

  /** What lies at the place must be the element, a part of it or its label, through every frame. */
  #reach(place: Place): { element: Element; hit: Element; point: Point } {
    const element = this.#element(place.node);
    if (climb(element, OWN)) refuse("own_ui");
    const within = windowOf(element);
    let point = pointOf(element, place);
    if (point.x < 0 || point.y < 0 || point.x >= within.innerWidth || point.y >= within.innerHeight) {
      element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      point = pointOf(element, place);
    }
    const hit = topAt(point.x, point.y, element.ownerDocument);
    if (!hit) return refuse("covered");
    if (hit.matches(OWN)) refuse("own_ui");
    if (!holds(element, hit) && hit.closest("label")?.control !== element) refuse("covered");
    let outer = point;
    for (let frame = frameOf(element); frame; frame = frameOf(frame)) {
      outer = outwards(frame, outer);
      const top = topAt(outer.x, outer.y, frame.ownerDocument);
      if (top !== frame) refuse(top?.matches(OWN) ? "own_ui" : "covered");
    }
    this.#allowed(element);
    this.#allowed(hit);
    return { element, hit, point };
  }

  #hover(hit: Element, point: Point): void {
    const own = windowOf(hit);
    const before = this.#hovered?.isConnected ? this.#hovered : undefined;
    this.#hovered = hit;
    const tell = (element: Element, name: string, deep: boolean, related: Element | undefined) => {
      const init = { ...at(own, point, false), ...(deep ? DEEP : FLAT), relatedTarget: related ?? null };
      element.dispatchEvent(new own.PointerEvent(`pointer${name}`, { ...init, ...MOUSE }));
      element.dispatchEvent(new own.MouseEvent(`mouse${name}`, init));
    };
    if (before !== hit) {
      const [left, entered] = [lineage(before), lineage(hit)];
      if (before) tell(before, "out", true, hit);
      for (const one of left) if (!entered.includes(one)) tell(one, "leave", false, hit);
      tell(hit, "over", true, before);
      for (const one of entered.reverse()) if (!left.includes(one)) tell(one, "enter", false, before);
    }
    tell(hit, "move", true, undefined);
  }
}

const DEEP = { bubbles: true, cancelable: true, composed: true };
const FLAT = { bubbles: false, cancelable: false, composed: false };
/** Pointer 1 is the mouse, which a page may capture. */
const MOUSE = { pointerId: 1, pointerType: "mouse", isPrimary: true };

const at = (view: Window, { x, y }: Point, right: boolean) => ({
  ...DEEP,
  view,
  clientX: x,
  clientY: y,
  button: right ? 2 : 0,
});

function focusFrom(hit: Element): void {
  const target = climb(hit, FOCUSABLE) as HTMLElement | null;
  if (target) target.focus({ preventScroll: true });
  else (hit.ownerDocument.activeElement as HTMLElement | null)?.blur?.();
}

const namesAnother = (target: string | null | undefined) =>
  !!target && !/^_(?:self|top|parent)$/i.test(target);

function checkLink(link: HTMLAnchorElement): void {
  if (link.hasAttribute("download")) refuse("download");
  const href = link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "";
  checkUrl(new URL(href, link.baseURI));
  const base = link.ownerDocument.querySelector("base[target]");
  if (namesAnother(link.getAttribute("target") ?? base?.getAttribute("target"))) refuse("new_tab");
}

function checkUrl(url: URL): void {
  if (!/^https?:$/.test(url.protocol)) refuse("scheme");
  if (url.origin !== location.origin) refuse("off_site");
}

function submits(button: HTMLButtonElement): boolean {
  if (button.localName === "input") return /^(?:submit|image)$/.test(button.type);
  return button.type !== "button" && button.type !== "reset";
}

export const isTextInput = (field: Element): boolean =>
  field.localName === "input" && TEXT_TYPES.test((field as HTMLInputElement).type);

/** By the setter of the element's own class in its own window: what React listens to. */
export function setNative(field: Element, name: "value" | "selectedIndex", value: string | number): void {
  const own = windowOf(field);
  const of = {
    input: own.HTMLInputElement,
    textarea: own.HTMLTextAreaElement,
    select: own.HTMLSelectElement,
  };
  const { prototype } = of[field.localName as keyof typeof of];
  Object.getOwnPropertyDescriptor(prototype, name)?.set?.call(field, value);
}

export function tellInput(field: Element, inputType?: string, data: string | null = null): void {
  const init = { bubbles: true, composed: true, ...(inputType && { inputType, data }) };
  field.dispatchEvent(new (windowOf(field).InputEvent)("input", init));
}

export function tellChange(field: Element): void {
  // Not by `Event`: an old library may have put its own in that place.
  field.dispatchEvent(new (windowOf(field).UIEvent)("change", { bubbles: true }));
}

/** The whole of an editable element, as if typed: its editor hears of it. */
function rewrite(element: HTMLElement, text: string): void {
  const { ownerDocument: doc } = element;
  doc.execCommand("selectAll");
  if (!doc.execCommand(text ? "insertText" : "delete", false, text)) element.textContent = text;
}

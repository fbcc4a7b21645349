/**
 * A recorded node as it may leave: elements and attributes of the list, texts and values masked.
 *
 * Forbidden elements are renamed and emptied, never removed: later changes refer to their ids. What
 * the recorder made is copied, never written to: it remembers it.
 */
import type { serializedElementNodeWithId, serializedNodeWithId } from "@rrweb/types";
import { ATTRIBUTE_LENGTH_MAX, isElement, isWord, kindOf } from "../shared/allowed";
import { gone, modes, numbers, unshared } from "../shared/allowed.json";
import type { Pictures } from "./assets";
import type { NodeMirror } from "./contract";
import { DOCTYPE, DOCUMENT, ELEMENT, TEXT } from "./kinds";
import { EDITABLE, is, isField, MASK, near, outOf, parentOf, type Ranks, typeOf } from "./mask";

/** Deeper ones are not shown: the server takes no more. */
const DEPTH_MAX = 500;
const HIDDEN = "display:none!important";

/** What holds for everything inside an element. */
export interface Here {
  /** No text at all. */
  hidden: boolean;
  /** Text is typed here. */
  editable: boolean;
  /** The site shows it as it is. */
  revealed: boolean;
  /** Options of a select whose choice is not shown. */
  optionsHidden: boolean;
  depth: number;
}

/** The document itself. */
export const OUTSIDE: Here = {
  hidden: false,
  editable: false,
  revealed: false,
  optionsHidden: false,
  depth: 0,
};

export type Attributes = Record<string, string | number | boolean | null | object>;

export interface Strip {
  node(sn: serializedNodeWithId, here: Here): serializedNodeWithId;
  /** What holds inside this element; undefined = nothing of it is recorded. */
  inside(element: Element): Here | undefined;
  /** The page may have changed since `inside` was asked. */
  forget(): void;
  attributes(element: Element, recorded: Attributes, here: Here): Attributes;
  /** The text of a node below `parent`. */
  text(value: string, parent: Element | null, here: Here): string;
  /** The value of a field as the agent may see it. */
  value(field: Element, raw: string): string;
}

/** Our own banner, card and chat. */
const isOurs = (element: Element) => element.localName.startsWith("comptoir-");
const isNothing = (element: Element) =>
  isOurs(element) || /^(?:script|noscript|template|meta|base|param)$/.test(element.localName);
const isPlugin = (element: Element) =>
  /^(?:object|embed|applet|frame|frameset|portal)$/.test(element.localName);
const TAKES_NO_MASK = /^(?:date|datetime-local|month|week|time|color|range|file)$/;

export function stripper(mirror: NodeMirror, ranks: Ranks, pictures: Pictures, showsAll: boolean): Strip {
  const groups = new Map<string, number>();

  const within = (element: Element, outer: Here): Here => ({
    hidden:
      outer.hidden ||
      is(element, ranks.masked) ||
      (is(element, EDITABLE) && ranks.rank(element) === "secret"),
    editable: outer.editable || is(element, EDITABLE),
    revealed: outer.revealed || is(element, ranks.revealed),
    optionsHidden: element.localName === "select" ? ranks.hidesChoices(element) : outer.optionsHidden,
    depth: outer.depth + 1,
  });

  /** Of one event, in which the page stands still: neighbours have their ancestors in common. */
  const known = new Map<Element, Here | undefined>();
  const nothing = `${ranks.blocked},script,noscript,template,object,embed`;

  const inside = (element: Element): Here | undefined => {
    if (known.has(element)) return known.get(element);
    const above = parentOf(element) ?? outOf(element);
    const outer = above ? inside(above) : OUTSIDE;
    const here = outer && !is(element, nothing) && !isNothing(element) ? within(element, outer) : undefined;
    known.set(element, here);
    return here;
  };

  const typed = (here: Here) => here.editable && !here.revealed && !showsAll;

  const text = (value: string, parent: Element | null, here: Here) => {
    if (!value.trim()) return value;
    const tag = parent?.localName;
    if (tag === "style") return pictures.css(value);
    if (here.hidden || typed(here) || here.optionsHidden) return MASK;
    return ranks.scrubText(value);
  };

  const value = (field: Element, raw: string) => {
    const type = typeOf(field);
    const rank = ranks.rank(field);
    if (rank === "dropped" || type === "file") return "";
    if (rank === "shown") return ranks.scrubText(raw);
    return raw && !TAKES_NO_MASK.test(type) ? MASK : "";
  };

  const valueAttribute = (element: Element, raw: string, here: Here) => {
    if (element.localName === "option") return String(mirror.getId(element));
    if (!isField(element)) return here.hidden ? undefined : ranks.scrubText(raw);
    const type = typeOf(element);
    if (element.localName === "select" || /^(?:radio|checkbox)$/.test(type)) return undefined;
    if (here.hidden && raw) return MASK;
    return value(element, raw);
  };

  /** A field that was a password stays one; a number that is masked cannot be one. */
  const shownType = (element: Element, raw: string) => {
    if (element.localName !== "input") return raw;
    const rank = ranks.rank(element);
    if (typeOf(element) === "number") return rank === "shown" ? raw : "text";
    return rank === "secret" && typeOf(element) === "text" && ranks.wasPassword(element) ? "password" : raw;
  };

  const group = (element: Element, name: string) => {
    if (typeOf(element) !== "radio") return undefined;
    const number = groups.get(name) ?? groups.size + 1;
    if (number < 100_000) groups.set(name, number);
    return `g${number}`;
  };

  const attribute = (element: Element, name: string, raw: string, here: Here) => {
    const tag = element.localName.toLowerCase();
    const kind = kindOf(name, tag);
    if (!kind || raw.length > ATTRIBUTE_LENGTH_MAX) return undefined;
    switch (kind) {
      case "plain":
        return name === "type" ? shownType(element, raw) : raw;
      case "text":
        if (name === "value") return valueAttribute(element, raw, here);
        return here.hidden || here.optionsHidden ? undefined : ranks.scrubText(raw);
      case "paint":
        return pictures.css(raw, element, name);
      case "picture":
        return here.hidden ? pictures.blank(element) : pictures.address(element, name);
      case "local":
        return tag === "a" || tag === "area" ? "#" : localOf(element, name);
      case "flag":
        return undefined;
      case "group":
        return group(element, raw);
      case "free":
        return !here.hidden && pictures.selectsOn(name) && isWord(raw) ? raw : undefined;
    }
  };

  const flag = (element: Element, here: Here) => {
    const field = element.localName === "option" ? near(element, "select") : element;
    return !here.hidden && !here.optionsHidden && !!field && ranks.rank(field) === "shown";
  };

  const attributes = (element: Element, recorded: Attributes, here: Here): Attributes => {
    const kept: Attributes = {};
    for (const [name, raw] of Object.entries(recorded)) {
      let left: Attributes[string] | undefined;
      if (/^rr_|^_/.test(name) && !element.hasAttribute(name)) left = ownOf(name, raw);
      else if (name === "checked" || name === "selected")
        left = raw === null || flag(element, here) ? raw : undefined;
      else if (raw === null) left = kindOf(name, element.localName) && name !== "type" ? null : undefined;
      else if (typeof raw === "object")
        left = name === "style" ? paints(raw, (css) => pictures.css(css, element, name)) : undefined;
      else left = attribute(element, name, String(raw), here);
      if (left !== undefined) kept[name] = left;
    }
    if (element.localName === "img" && "srcset" in recorded && !("src" in recorded))
      kept["src"] = attribute(element, "src", "", here) ?? null;
    if (element.localName === "link" && ["href", "rel", "disabled"].some((name) => name in recorded))
      Object.assign(kept, pictures.sheet(element as HTMLLinkElement));
    if (element.localName === "style" && "_cssText" in recorded)
      Object.assign(kept, pictures.style(element as HTMLStyleElement, String(recorded["_cssText"])));
    return kept;
  };

  const element = (sn: serializedElementNodeWithId, here: Here): serializedNodeWithId => {
    const live = mirror.getNode(sn.id) as Element | null;
    const { type, id, rootId, isShadow } = sn;
    const base = {
      type,
      id,
      ...(rootId && { rootId }),
      ...(isShadow && { isShadow }),
    } as serializedElementNodeWithId;
    if (!live?.localName || isNothing(live))
      return { ...base, tagName: gone, attributes: { style: HIDDEN }, childNodes: [] };
    if (isPlugin(live) || is(live, ranks.blocked)) return box(base, sn, live);
    if (sn.isShadowHost) pictures.hear(live.shadowRoot);
    const svg = !!sn.isSVG;
    const known = isElement(sn.tagName, svg);
    const now = within(live, here);
    const children = now.depth > DEPTH_MAX ? [] : sn.childNodes;
    return {
      ...base,
      tagName: known ? sn.tagName : svg ? "g" : "span",
      attributes: {
        ...attributes(live, sn.attributes as Attributes, now),
        // Asked in this order: a browser without popovers does not know the selector.
        ...((live as HTMLElement).popover && live.matches(":popover-open") && { rr_popover: "open" }),
        ...(live.localName === "iframe" &&
          !(live as HTMLIFrameElement).contentDocument && { [unshared]: "" }),
      } as serializedElementNodeWithId["attributes"],
      childNodes: children.map((child) => node(child, now)),
      ...(svg && { isSVG: true as const }),
      ...(known && sn.isCustom && { isCustom: true as const }),
      ...(sn.isShadowHost && { isShadowHost: true }),
    };
  };

  const node = (sn: serializedNodeWithId, here: Here): serializedNodeWithId => {
    const { id } = sn;
    const root = "rootId" in sn && sn.rootId ? { rootId: sn.rootId } : undefined;
    switch (sn.type) {
      case DOCUMENT:
        pictures.hear(mirror.getNode(id));
        return {
          type: sn.type,
          id,
          ...root,
          ...(sn.compatMode && { compatMode: sn.compatMode }),
          // A comment beside the root could only become a text, which has no place there.
          childNodes: sn.childNodes
            .filter(({ type }) => type === ELEMENT || type === DOCTYPE)
            .map((child) => node(child, here)),
        };
      case DOCTYPE:
        return { type: sn.type, id, ...root, name: "html", publicId: sn.publicId, systemId: sn.systemId };
      case ELEMENT:
        return element(sn, here);
      case TEXT: {
        const parent = mirror.getNode(id)?.parentElement ?? null;
        const shadow = sn.isShadow ? { isShadow: true } : undefined;
        return { type: sn.type, id, ...root, ...shadow, textContent: text(sn.textContent, parent, here) };
      }
      default:
        return { type: TEXT, id, ...root, textContent: "" };
    }
  };

  return { node, inside, forget: () => known.clear(), attributes, text, value };
}

/** An empty box of the same size, that says that it is not shared. */
function box(
  base: serializedElementNodeWithId,
  sn: serializedElementNodeWithId,
  live: Element,
): serializedElementNodeWithId {
  const { width, height } = live.getBoundingClientRect();
  const tagName = !sn.isSVG && isElement(sn.tagName) && !isField(live) ? sn.tagName : "div";
  const name = live.getAttribute("class");
  return {
    ...base,
    tagName,
    attributes: {
      ...(name && { class: name }),
      [unshared]: "",
      rr_width: `${Math.round(width)}px`,
      rr_height: `${Math.round(height)}px`,
    },
    childNodes: [],
  };
}

/** Only inside the document: the recorder writes the whole address. */
function localOf(element: Element, name: string): string | undefined {
  const raw = element.getAttribute(name) ?? "";
  return raw[0] === "#" ? raw : undefined;
}

const NUMBERS = numbers.split(" ");
const MODES = modes.split(" ");

/** What the recorder itself adds, and whether a popover is open: no attribute says so. */
function ownOf(name: string, value: Attributes[string]): number | string | undefined {
  if (NUMBERS.includes(name)) return typeof value === "number" ? value : undefined;
  // `rr_popover` is ours alone: no attribute of the page gets here.
  const known = name === "rr_popover" || (name === "rr_open_mode" && MODES.includes(String(value)));
  return known ? String(value) : undefined;
}

/** Changes of a style attribute, property by property. */
function paints(changes: object, css: (text: string) => string): object {
  const kept: Record<string, unknown> = {};
  for (const [property, change] of Object.entries(changes)) {
    if (!/^-{0,2}[\w-]+$/.test(property)) continue;
    if (typeof change === "string") kept[property] = css(change);
    else if (change === false) kept[property] = false;
    else if (Array.isArray(change))
      kept[property] = [css(String(change[0])), change[1] === "important" ? "important" : ""];
  }
  return kept;
}

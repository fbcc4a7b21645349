/**
 * What of a stranger's recording may be shown: the list of allowed.json once more, before the replayer.
 *
 * The page stripped and the server refused already; this reader trusts neither. It builds new events
 * out of what it knows and never passes an object on. A forbidden element keeps its number under an
 * inert name, because later changes refer to it. Style sheets named by hash are only marked here:
 * clean.ts fetches them.
 */

import { cleanCss, fits, isAsset, isCustom, isElement, kindOf } from "../../../widget/src/shared/allowed";
import {
  gone,
  hosts,
  increments,
  interactions,
  length,
  modes,
  popovers,
} from "../../../widget/src/shared/allowed.json";

export const EVENTS_MAX = 5_000;
const NODES_MAX = 100_000;
const DEPTH_MAX = 512;
const ID_MAX = 2 ** 31 - 1;
const TEXT_LENGTH_MAX = 1024 * 1024;
const CSS_LENGTH_MAX = 4 * 1024 * 1024;
const NUMBER_MAX = 1e9;
const SPLIT = "/* rr_split */";

/** The kind of an event of ours: a popover opens or closes, which the replayer knows nothing of. */
export const POPOVER = 100;
const FULL = 2;
const INCREMENT = 3;
const META = 4;
const DOCUMENT = 0;
const DOCTYPE = 1;
const ELEMENT = 2;
const TEXT = 3;

type Loose = Record<string, unknown>;
export type Attributes = Record<string, unknown>;
/** Attributes that wait for the text of a sheet. */
export interface Wanted {
  attributes: Attributes;
  address: string;
}

const INCREMENTS: Record<string, string> = increments;
const INTERACTIONS = new Set(interactions.split(" ").map(Number));
const HOSTS = new Set(hosts.split(" "));
const MODES = new Set(modes.split(" "));
const POPOVERS = new Set(popovers.split(" "));
const LENGTH = new RegExp(length);
const HIDDEN = "display:none!important";

const isObject = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Loose[] => (Array.isArray(value) ? value.filter(isObject) : []);
const isId = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) <= ID_MAX;
const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Math.abs(value) <= NUMBER_MAX;
const number = (value: unknown): number => (isNumber(value) ? value : 0);
const isRuleIndex = (value: unknown): boolean =>
  value === undefined ||
  isSmall(value) ||
  (Array.isArray(value) && value.length < 20 && value.every(isSmall));
const isSmall = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1e6;

/** Of one document at a time: a full snapshot begins anew. */
export class Sanitiser {
  /** What each number is: an element's name, or `#text`, `#document`. */
  #names = new Map<number, string>();
  #parents = new Map<number, number>();
  #wanted: Wanted[] = [];
  #popovers: { id: number; open: boolean }[] = [];

  /** Events that may be shown; undefined = the frame is none, or holds too much. */
  events(body: unknown): { events: Loose[]; wanted: Wanted[] } | undefined {
    if (!Array.isArray(body) || body.length > EVENTS_MAX) return undefined;
    this.#wanted = [];
    const events: Loose[] = [];
    for (const event of body) {
      const data =
        isObject(event) && isObject(event["data"]) ? this.#data(event["type"], event["data"]) : undefined;
      if (data) events.push({ type: (event as Loose)["type"], data, timestamp: 0 });
      for (const one of this.#popovers.splice(0)) events.push({ type: POPOVER, data: one, timestamp: 0 });
      if (!data && isObject(event) && event["type"] === FULL) return undefined;
    }
    return { events, wanted: this.#wanted };
  }

  #data(type: unknown, data: Loose): Loose | undefined {
    if (type === META) {
      const { width, height } = data;
      return isSize(width) && isSize(height) ? { href: "", width, height } : undefined;
    }
    if (type === FULL) return this.#full(data);
    return type === INCREMENT ? this.#increment(data) : undefined;
  }

  #full(data: Loose): Loose | undefined {
    this.#names = new Map();
    this.#parents = new Map();
    const node =
      isObject(data["node"]) && data["node"]["type"] === DOCUMENT
        ? this.#node(data["node"], 0, 0)
        : undefined;
    const offset = isObject(data["initialOffset"]) ? data["initialOffset"] : {};
    return node && { node, initialOffset: { left: number(offset["left"]), top: number(offset["top"]) } };
  }

  // ---------------------------------------------------------------- nodes

  /** `parent` 0 = none; a document stands only there or in a frame. */
  #node(sn: Loose, parent: number, depth: number): Loose | undefined {
    const { id, type, rootId } = sn;
    if (!isId(id) || this.#names.has(id) || this.#names.size >= NODES_MAX || depth > DEPTH_MAX)
      return undefined;
    const base = {
      type,
      id,
      ...(isId(rootId) && { rootId }),
      ...(sn["isShadow"] === true && { isShadow: true }),
    };
    this.#parents.set(id, parent);
    switch (type) {
      case DOCUMENT: {
        this.#names.set(id, "#document");
        const childNodes = this.#children(sn, id, depth, [DOCTYPE, ELEMENT]);
        if (!childNodes.some((child) => child["type"] === ELEMENT)) return undefined;
        return {
          ...base,
          childNodes,
          ...(sn["compatMode"] === "BackCompat" && { compatMode: "BackCompat" }),
        };
      }
      case DOCTYPE:
        this.#names.set(id, "#doctype");
        return { ...base, name: "html", publicId: short(sn["publicId"]), systemId: short(sn["systemId"]) };
      case ELEMENT:
        return this.#element(sn, id, base, depth);
      case TEXT:
        this.#names.set(id, "#text");
        return { ...base, textContent: this.#text(parent, sn["textContent"]) };
      default:
        // Comments and whatever else: nothing to see, but their number is taken.
        this.#names.set(id, "#text");
        return { ...base, type: TEXT, textContent: "" };
    }
  }

  #children(sn: Loose, id: number, depth: number, types: readonly number[]): Loose[] {
    return listOf(sn["childNodes"]).flatMap((child) => {
      const inert = child["type"] === 4 || child["type"] === 5;
      if (!types.includes(child["type"] as number) && !(inert && types.includes(TEXT))) return [];
      const clean = this.#node(child, id, depth + 1);
      return clean ? [clean] : [];
    });
  }

  #element(sn: Loose, id: number, base: Loose, depth: number): Loose {
    const tag = typeof sn["tagName"] === "string" ? sn["tagName"] : "";
    const isSVG = sn["isSVG"] === true;
    if (!isElement(tag, isSVG) || tag === gone) {
      this.#names.set(id, gone);
      return { ...base, tagName: gone, attributes: { style: HIDDEN }, childNodes: [] };
    }
    this.#names.set(id, tag);
    const attributes: Attributes = {};
    if (isObject(sn["attributes"])) {
      for (const [name, value] of Object.entries(sn["attributes"])) {
        const clean = this.#attribute(tag, name, value, attributes, id);
        if (clean !== undefined && clean !== null) attributes[name] = clean;
      }
    }
    const isHost = sn["isShadowHost"] === true && !isSVG && (HOSTS.has(tag) || isCustom(tag));
    return {
      ...base,
      tagName: tag,
      attributes,
      childNodes: this.#children(sn, id, depth, [ELEMENT, TEXT]),
      ...(isSVG && { isSVG }),
      ...(sn["isCustom"] === true && isCustom(tag) && { isCustom: true }),
      ...(isHost && { isShadowHost: true }),
    };
  }

  #text(parent: number, text: unknown): string {
    if (typeof text !== "string" || text.length > TEXT_LENGTH_MAX) return "";
    if (this.#names.get(parent) !== "style") return text;
    // Two texts of one style element are one sheet: no token may begin in one and end in the other.
    return text && `/**/${cleanCss(text)}/**/`;
  }

  // ---------------------------------------------------------------- attributes

  /** The value that may be set; undefined = none, null = taken away. */
  #attribute(tag: string, name: string, value: unknown, target: Attributes, id: number): unknown {
    if (name === "rr_popover") {
      if (POPOVERS.has(String(value))) this.#popovers.push({ id, open: value === "open" });
      return undefined;
    }
    if (name.startsWith("rr_") || name.startsWith("_css")) return this.#own(tag, name, value, target);
    const kind = kindOf(name, tag);
    if (!kind) return undefined;
    if (value === null) return null;
    // Opened and closed as the page says, never by what else opens or is pressed here.
    if (name === "popover") return "manual";
    if (kind === "flag") return value === true || value === "" ? value : undefined;
    if (typeof value === "object") return name === "style" && isObject(value) ? styles(value) : undefined;
    if (typeof value !== "string") return undefined;
    if (kind === "paint") return cleanCss(value);
    if (name === "id" && isField(tag) && value in HTMLFormElement.prototype) return undefined;
    return fits(kind, value) ? value : undefined;
  }

  #own(tag: string, name: string, value: unknown, target: Attributes): unknown {
    switch (name) {
      case "rr_scrollLeft":
      case "rr_scrollTop":
        return isNumber(value) ? value : undefined;
      case "rr_width":
      case "rr_height":
        return typeof value === "string" && LENGTH.test(value) ? value : undefined;
      case "rr_open_mode":
        return tag === "dialog" && MODES.has(String(value)) ? value : undefined;
      case "_cssText":
        return isSheet(tag) && typeof value === "string" ? sheetOf(value) : undefined;
      case "_cssAsset":
        if (isSheet(tag) && typeof value === "string" && isAsset(value))
          this.#wanted.push({ attributes: target, address: value });
        return undefined;
      default:
        return undefined;
    }
  }

  // ---------------------------------------------------------------- changes

  #increment(data: Loose): Loose | undefined {
    const { source, id } = data;
    switch (INCREMENTS[String(source)]) {
      case "mutation":
        return this.#mutation(data);
      case "moves": {
        const positions = listOf(data["positions"])
          .filter((at) => isId(at["id"]))
          .map((at) => ({
            x: number(at["x"]),
            y: number(at["y"]),
            id: at["id"],
            timeOffset: number(at["timeOffset"]),
          }));
        return positions.length ? { source, positions } : undefined;
      }
      case "interaction":
        if (!isId(id) || !INTERACTIONS.has(data["type"] as number)) return undefined;
        return { source, type: data["type"], id, x: number(data["x"]), y: number(data["y"]) };
      case "scroll":
        return isId(id) ? { source, id, x: number(data["x"]), y: number(data["y"]) } : undefined;
      case "resize":
        return isSize(data["width"]) && isSize(data["height"])
          ? { source, width: data["width"], height: data["height"] }
          : undefined;
      case "input":
        if (!isId(id) || typeof data["text"] !== "string") return undefined;
        return { source, id, text: data["text"], isChecked: data["isChecked"] === true };
      case "rules":
        return rules(data);
      case "declaration":
        return declaration(data);
      case "adopted":
        return adopted(data);
      default:
        return undefined;
    }
  }

  #mutation(data: Loose): Loose {
    const removes = listOf(data["removes"])
      .filter(({ id, parentId }) => isId(id) && isId(parentId))
      .map(({ id, parentId, isShadow }) => ({ id, parentId, ...(isShadow === true && { isShadow }) }));
    for (const { id } of removes) this.#forget(id as number);
    const adds = listOf(data["adds"]).flatMap((add) => this.#add(add) ?? []);
    const texts = listOf(data["texts"]).flatMap(({ id, value }) =>
      isId(id) && this.#names.get(id) === "#text"
        ? { id, value: this.#text(this.#parents.get(id) ?? 0, value) }
        : [],
    );
    const attributes = listOf(data["attributes"]).flatMap((change) => this.#change(change) ?? []);
    return { source: data["source"], removes, adds, texts, attributes };
  }

  #add({ parentId, nextId, node }: Loose): Loose | undefined {
    if (!isId(parentId) || !isObject(node) || (nextId !== null && !isId(nextId))) return undefined;
    const parent = this.#names.get(parentId);
    // Another document goes into a frame only: anywhere else the replayer would empty its own.
    if ((node["type"] === DOCUMENT) !== (parent === "iframe")) return undefined;
    if (parent === undefined || parent === gone || parent === "#text") return undefined;
    if (parent === "#document" && node["type"] !== ELEMENT && node["type"] !== DOCTYPE) return undefined;
    if (node["type"] === DOCTYPE && parent !== "#document") return undefined;
    if (node["isShadow"] === true && !(HOSTS.has(parent) || isCustom(parent))) return undefined;
    if (isId(node["id"])) this.#forget(node["id"]);
    const clean = this.#node(node, parentId, 0);
    return clean && { parentId, nextId, node: clean };
  }

  #change({ id, attributes }: Loose): Loose | undefined {
    const tag = isId(id) ? this.#names.get(id) : undefined;
    if (!tag || tag === gone || tag[0] === "#" || !isObject(attributes)) return undefined;
    const kept: Attributes = {};
    const waiting = this.#wanted.length;
    for (const [name, value] of Object.entries(attributes)) {
      const clean = this.#attribute(tag, name, value, kept, id as number);
      if (clean !== undefined) kept[name] = clean;
    }
    return Object.keys(kept).length || this.#wanted.length > waiting ? { id, attributes: kept } : undefined;
  }

  /** It left, or goes elsewhere: it may be added again. */
  #forget(id: number): void {
    this.#names.delete(id);
  }
}

const isSheet = (tag: string) => tag === "style" || tag === "link";
const isSize = (value: unknown) => isNumber(value) && value > 0 && value <= 20_000;
const short = (value: unknown) =>
  typeof value === "string" && /^[\w\s./:-]{0,200}$/.test(value) ? value : "";

/** By its id a form knows it: one called `childNodes` would take the form's own away. */
const isField = (tag: string) => /^(?:button|fieldset|input|img|output|select|textarea)$/.test(tag);

/** The pieces of a sheet, clean each by itself and all together. */
export function sheetOf(text: string): string {
  if (text.length > CSS_LENGTH_MAX) return "";
  const pieces = text.split(SPLIT).map(cleanCss);
  const whole = pieces.join("");
  return cleanCss(whole) === whole ? pieces.join(SPLIT) : cleanCss(whole);
}

function styles(changes: Loose): Loose {
  const kept: Loose = {};
  for (const [property, change] of Object.entries(changes)) {
    if (!/^-{0,2}[\w-]{1,100}$/.test(property)) continue;
    if (change === false) kept[property] = false;
    else if (typeof change === "string") kept[property] = cleanCss(change);
    else if (Array.isArray(change) && typeof change[0] === "string")
      kept[property] = [cleanCss(change[0]), change[1] === "important" ? "important" : ""];
  }
  return kept;
}

const sheetIds = ({ id, styleId }: Loose) => ({ ...(isId(id) && { id }), ...(isId(styleId) && { styleId }) });

const addedRules = (value: unknown) =>
  listOf(value).flatMap(({ rule, index }) =>
    typeof rule === "string" && isRuleIndex(index)
      ? { rule: cleanCss(rule), ...(index !== undefined && { index }) }
      : [],
  );

function rules(data: Loose): Loose {
  const { source, adds, removes, replace, replaceSync } = data;
  return {
    source,
    ...sheetIds(data),
    ...(adds !== undefined && { adds: addedRules(adds) }),
    ...(removes !== undefined && {
      removes: listOf(removes).flatMap(({ index }) =>
        index !== undefined && isRuleIndex(index) ? { index } : [],
      ),
    }),
    ...(typeof replace === "string" && { replace: sheetOf(replace) }),
    ...(typeof replaceSync === "string" && { replaceSync: sheetOf(replaceSync) }),
  };
}

function declaration(data: Loose): Loose | undefined {
  const { source, index, set, remove } = data;
  if (!Array.isArray(index) || !isRuleIndex(index)) return undefined;
  const base = { source, ...sheetIds(data), index };
  if (isObject(set) && typeof set["property"] === "string" && typeof set["value"] === "string") {
    const priority = set["priority"] === "important" ? "important" : "";
    return { ...base, set: { property: cleanCss(set["property"]), value: cleanCss(set["value"]), priority } };
  }
  if (isObject(remove) && typeof remove["property"] === "string")
    return { ...base, remove: { property: remove["property"] } };
  return undefined;
}

function adopted(data: Loose): Loose | undefined {
  const { source, id, styleIds, styles: sheets } = data;
  if (!isId(id) || !Array.isArray(styleIds) || !styleIds.every(isId)) return undefined;
  const known = listOf(sheets).flatMap((one) =>
    isId(one["styleId"]) ? { styleId: one["styleId"], rules: addedRules(one["rules"]) } : [],
  );
  return { source, id, styleIds, ...(sheets !== undefined && { styles: known }) };
}

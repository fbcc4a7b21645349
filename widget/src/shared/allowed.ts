/**
 * The list of what may travel of a shared page (allowed.json), as questions.
 *
 * Asked by the page before it sends and by the console before it shows; the server asks the same
 * list in Rust. What is not on it does not exist.
 */
import {
  asset,
  custom,
  data,
  filters,
  flags,
  fragment,
  free,
  group,
  html,
  local,
  paint,
  picture,
  plain,
  reserved,
  svg,
  text,
  unfree,
  word,
} from "./allowed.json";
import { rewriteCss } from "./css";

/** Characters of an attribute; longer ones are left out. Paths of drawings are long. */
export const ATTRIBUTE_LENGTH_MAX = 256 * 1024;

const set = (names: string) => new Set(names.split(" "));
const HTML = set(html);
const SVG = set(svg);
const PLAIN = set(plain);
const TEXT = set(text);
const FLAGS = set(flags);
const RESERVED = set(reserved);
const FILTERS = new RegExp(filters);
const CUSTOM = new RegExp(custom);
const PAINT = new RegExp(paint);
const FREE = new RegExp(free);
const UNFREE = new RegExp(unfree);
const WORD = new RegExp(word);
const GROUP = new RegExp(group);
const ASSET = new RegExp(asset);
const DATA = new RegExp(data);
const FRAGMENT = new RegExp(fragment);

export const isCustom = (tag: string): boolean => CUSTOM.test(tag) && !RESERVED.has(tag);
/** By the names that the recorder writes: all in small letters. */
export const isElement = (tag: string, isSvg = false): boolean =>
  isSvg ? SVG.has(tag) || FILTERS.test(tag) : HTML.has(tag) || isCustom(tag);

export type Kind = "plain" | "text" | "paint" | "picture" | "local" | "flag" | "group" | "free";

const of = (names: Record<string, string>, name: string, tag: string) =>
  Object.hasOwn(names, name) && names[name]?.split(" ").includes(tag);

/** How the value of an attribute is to be read; undefined = the attribute does not travel. */
export function kindOf(name: string, tag: string): Kind | undefined {
  const lower = name.toLowerCase();
  if (PLAIN.has(lower)) return "plain";
  if (TEXT.has(lower)) return "text";
  if (PAINT.test(lower)) return "paint";
  if (FLAGS.has(lower)) return "flag";
  if (lower === "name") return tag === "input" ? "group" : undefined;
  if (of(picture, lower, tag)) return "picture";
  if (of(local, lower, tag)) return "local";
  return FREE.test(lower) && !UNFREE.test(lower) ? "free" : undefined;
}

export const isAsset = (address: string): boolean => ASSET.test(address);
export const isPicture = (address: string): boolean => ASSET.test(address) || DATA.test(address);
export const isFragment = (address: string): boolean => FRAGMENT.test(address);
export const isWord = (value: string): boolean => WORD.test(value);

/** CSS in which only our own addresses are left. */
export const cleanCss = (css: string): string =>
  rewriteCss(css, (address) => (isPicture(address) || isFragment(address) ? address : undefined));

/** Whether the value may travel as it is. */
export function fits(kind: Kind, value: string): boolean {
  if (value.length > ATTRIBUTE_LENGTH_MAX) return false;
  switch (kind) {
    case "plain":
    case "text":
      return true;
    case "paint":
      return cleanCss(value) === value;
    case "picture":
      return isPicture(value);
    case "local":
      return isFragment(value);
    case "flag":
      return value === "";
    case "group":
      return GROUP.test(value);
    case "free":
      return WORD.test(value);
  }
}

/** How an option or attribute is called for people: feeds name the common ones by their English columns. */
import type { SharedKey } from "./shared-words";
import type { Translate } from "./words";

const KNOWN: ReadonlyMap<string, SharedKey> = new Map([
  ["color", "attribute_color"],
  ["colour", "attribute_color"],
  ["size", "attribute_size"],
  ["material", "attribute_material"],
  ["pattern", "attribute_pattern"],
]);

export function attributeName(name: string, t: Translate<SharedKey>): string {
  const known = KNOWN.get(name.toLowerCase());
  return known ? t(known) : name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
}

/** What a column of a feed can give, as the choice of it is offered. Pure. */
import type { FeedField } from "../../shared";

export type FieldType = FeedField["type"];

/** In the order in which people look for them. */
export const FIELD_TYPES: readonly FieldType[] = [
  "as_recognised",
  "ignore",
  "title",
  "id",
  "group",
  "sku",
  "price",
  "price_without_tax",
  "sale_price",
  "sale_dates",
  "regular_price",
  "currency",
  "availability",
  "stock",
  "option",
  "attribute",
  "category",
  "sub_category",
  "brand",
  "description",
  "summary",
  "link",
  "image",
  "more_images",
  "gtin",
  "mpn",
  "tags",
  "published",
  "similar",
  "complementary",
];

/** These carry a name of the shop's own: "Colour", "Care". */
export function isNamed(type: FieldType): type is "option" | "attribute" {
  return type === "option" || type === "attribute";
}

/** Columns with words that may stand for others. */
export function hasWords(type: FieldType): boolean {
  switch (type) {
    case "availability":
    case "option":
    case "attribute":
    case "category":
    case "sub_category":
    case "brand":
    case "tags":
    case "published":
    case "stock":
      return true;
    default:
      return false;
  }
}

/** A field of that type for a column; a named one is called like the column until somebody says otherwise. */
export function fieldOf(type: FieldType, column: string, before: FeedField): FeedField {
  // The union is of one shape for each name without a name of its own; TypeScript cannot join them.
  if (!isNamed(type)) return { type } as FeedField;
  const name = "name" in before && before.name !== "" ? before.name : column;
  return { type, name };
}

export function isSame(one: FeedField, other: FeedField): boolean {
  if (one.type !== other.type) return false;
  return !("name" in one) || !("name" in other) || one.name === other.name;
}

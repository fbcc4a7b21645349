/** When a card that was sent is no longer what the catalog says. */
import { expect, test } from "vitest";
import type { CardAvailability, CatalogProduct, ProductCard } from "../shared";
import { since } from "./since";

function card(sku: string, minor: number, availability: CardAvailability = "in_stock"): ProductCard {
  return {
    product: "oak",
    sku,
    title: "Oak desk",
    price: { minor, currency: "EUR", decimals: 2 },
    availability,
  };
}

function catalog(...variants: ProductCard[]): CatalogProduct {
  return { product: "oak", title: "Oak desk", description: "", categories: [], attributes: [], variants };
}

test("says nothing while price and stock are as they were", () => {
  expect(since(card("120", 24_900), catalog(card("140", 32_900), card("120", 24_900)))).toBeUndefined();
});

test("says the new price of the variant that was sent, not that of another", () => {
  const now = since(card("120", 24_900), catalog(card("140", 24_900), card("120", 19_900)));
  expect(now).toMatchObject({ change: "price", card: { price: { minor: 19_900 } } });
});

test("says that it sold out since, but not that it was sold out before", () => {
  const out = catalog(card("120", 24_900, "out_of_stock"));
  expect(since(card("120", 24_900), out)).toMatchObject({ change: "availability" });
  expect(since(card("120", 24_900, "out_of_stock"), out)).toBeUndefined();
});

test("says that the product or its variant is gone", () => {
  expect(since(card("120", 24_900), undefined)).toEqual({ change: "gone" });
  expect(since(card("120", 24_900), catalog(card("140", 32_900)))).toEqual({ change: "gone" });
});

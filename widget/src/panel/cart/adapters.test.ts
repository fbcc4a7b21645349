/**
 * What is read of a merchant's own words on the cart, and who takes a product.
 *
 * The platforms are tested on fake stores in a browser (tests/browser/cart.test.mjs).
 *
 * @vitest-environment jsdom
 */
import { expect, test } from "vitest";
import type { Host } from "../../page/contract";
import type { ProductCard } from "../../shared/protocol";
import { add, lines } from "./adapters";

const CARD: ProductCard = { product: "L1", sku: "L1-D", title: "Lampe", availability: "in_stock" };

function host(handler?: (detail: unknown) => unknown, cart?: unknown) {
  const handlers = handler ? { "product:add": new Set([handler]) } : {};
  return { handlers, settings: { cart } } as unknown as Host;
}

test("the merchant's handler is asked for one piece and may name its cart", async () => {
  const asked: unknown[] = [];
  const handler = async (detail: unknown) => {
    asked.push(detail);
    return { cart: "/panier" };
  };
  expect(await add(host(handler), CARD)).toBe(new URL("/panier", location.href).href);
  expect(asked).toEqual([{ product: "L1", sku: "L1-D", external_id: undefined, quantity: 1, card: CARD }]);
});

test("a handler that throws or refuses is a failure, and one that says nothing is none", async () => {
  await expect(
    add(
      host(() => {
        throw new Error("no");
      }),
      CARD,
    ),
  ).rejects.toThrow();
  await expect(
    add(
      host(() => Promise.reject(new Error("sold out"))),
      CARD,
    ),
  ).rejects.toThrow();
  expect(
    await add(
      host(() => undefined),
      CARD,
    ),
  ).toBeUndefined();
  expect(
    await add(
      host(() => ({ cart: "javascript:alert(1)" })),
      CARD,
    ),
  ).toBeUndefined();
  await expect(add(host(), CARD)).rejects.toThrow();
});

test("of what the merchant says of the cart only lines are kept", async () => {
  const said = [
    { sku: "L1-D", quantity: 2 },
    { sku: 7, quantity: "1" },
    { sku: "x", quantity: 0 },
    null,
    "L2",
    {},
  ];
  expect(await lines(host(undefined, said))).toEqual([
    { sku: "L1-D", quantity: 2 },
    { sku: "7", quantity: 1 },
  ]);
});

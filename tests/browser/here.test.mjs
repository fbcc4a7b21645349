/**
 * What the visitor has before them is told while a conversation is open, for the agent's suggestions:
 * the page's product, its place in the store, the cart. Not before the conversation, not after its close.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { asksForAnAdvisor } from "./journeys.mjs";

/** Longer than the pause between two looks at the page. */
const LOOK_MS = 4_000;

/** What the page has told over its sockets, and a promise of the first that fits. */
function told(page) {
  const pages = [];
  let heard = () => undefined;
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const frame = JSON.parse(payload);
      if (frame.type !== "on_page") return;
      pages.push(frame.page);
      heard();
    }),
  );
  const until = (fits) =>
    new Promise((done) => {
      heard = () => {
        const found = pages.find(fits);
        if (found) done(found);
      };
      heard();
    });
  return { pages, until };
}

test("product, place and cart of the page are told in an open conversation and only there", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor({ path: "/en/p/tide-mug" });
  const { pages, until } = told(visitor.page);
  await visitor.page.clock.install();
  await visitor.page.reload();
  await visitor.page.getByRole("button", { name: "Add to cart" }).click();
  await visitor.opens();
  assert.deepEqual(pages, [], "an open panel is no conversation");
  await visitor.closes();

  await asksForAnAdvisor(visitor);
  const first = await until((page) => page.cart.length > 0);
  assert.equal(new URL(first.url).pathname, "/en/p/tide-mug");
  assert.equal(first.product.id, "MAR");
  assert.match(first.cart[0].sku, /^MAR-/);
  assert.equal(first.cart[0].quantity, 1);

  await agent.takes("Omar Haddad");
  await visitor.goes("/en/c/lighting");
  const shelf = await until(({ url }) => url.endsWith("/en/c/lighting"));
  assert.deepEqual([shelf.product, shelf.categories], [undefined, ["Lighting"]]);

  const fills = (quantity) =>
    visitor.page.evaluate(
      (count) => window.Comptoir("cart", [{ sku: "MAR-COR", quantity: count }]),
      quantity,
    );
  await fills(2);
  await visitor.page.clock.fastForward(LOOK_MS);
  await until(({ cart }) => cart[0]?.quantity === 2);

  await agent.closesConversation();
  await visitor.page.getByText("This conversation is closed.").first().waitFor();
  const before = pages.length;
  await fills(3);
  await visitor.page.clock.fastForward(LOOK_MS);
  await visitor.page.clock.fastForward(LOOK_MS);
  assert.equal(pages.length, before, "after the close nothing is told");
});

/**
 * What may be done with a page: the site's paths, and payment by itself.
 *
 * @vitest-environment jsdom
 */
import { expect, test } from "vitest";
import type { ShareSettings } from "../shared/protocol";
import { pageRule } from "./rule";

const settings = (change: Partial<ShareSettings> = {}): ShareSettings => ({
  see: true,
  point: true,
  control: true,
  off_paths: ["/payment", "/account/*"],
  see_only_paths: ["/checkout/*"],
  show: "choices",
  mask: [],
  block: [],
  reveal: [],
  ...change,
});
const page = (html: string) => new DOMParser().parseFromString(html, "text/html");

test.each([
  ["/", "full"],
  ["/payment", "off"],
  ["/payments", "full"],
  ["/payment/", "full"],
  ["/account/orders", "off"],
  ["/account/", "off"],
  ["/checkout/address", "see_only"],
  ["/checkout", "full"],
])("a page at %s is %s", (path, rule) => {
  expect(pageRule(settings(), path, page("<p>Mugs</p>"))).toBe(rule);
});

test("a site that lets nobody control has pages to see, one that shows none has none", () => {
  expect(pageRule(settings({ control: false }), "/", page(""))).toBe("see_only");
  expect(pageRule(settings({ see: false }), "/", page(""))).toBe("off");
});

test.each([
  '<input autocomplete="cc-number">',
  '<input autocomplete="section-a billing CC-CSC">',
  '<input name="cardNumber">',
  '<input id="card-cvc">',
  '<input name="iban">',
  '<iframe allow="payment *"></iframe>',
])("a page with %s may only be seen", (html) => {
  expect(pageRule(settings(), "/", page(html))).toBe("see_only");
});

test.each(['<input name="discard">', '<input type="hidden" name="card_number">', '<input name="gift-card">'])(
  "a page with %s is no payment",
  (html) => {
    expect(pageRule(settings(), "/", page(html))).toBe("full");
  },
);

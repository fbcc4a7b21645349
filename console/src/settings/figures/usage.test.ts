/** Which FAQs the table of usage shows, and in which order. */
import { expect, test } from "vitest";
import { definitionOf, faqOf } from "../understood/fixtures";
import { usageRows } from "./usage";

test("the most used stand first, those that nobody met last, and a deleted one is still counted", () => {
  const none = { suggested: 0, clicked: 0, handed_off_after: 0 };
  const usage = [
    { faq: "a", answered: 1, ...none },
    { faq: "gone", answered: 9, ...none },
    { faq: "c", answered: 1, suggested: 4, clicked: 1, handed_off_after: 0 },
  ];
  const definition = definitionOf(["x", "a", "b", "c"].map((id) => faqOf(id, id, [])));
  expect(usageRows(usage, definition).map(({ faq }) => faq)).toEqual(["gone", "c", "a", "x", "b"]);
  expect(usageRows(usage, undefined)).toHaveLength(3);
});

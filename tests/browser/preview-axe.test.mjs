/** axe finds nothing to say about the preview of a site's masks, before and beside a page. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";
import { Desk } from "./desk.mjs";
import { Preview } from "./previewing.mjs";

/** The tab itself: what the store's page is like is the store's. */
async function faults(page) {
  const axe = new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .exclude(".stage-picture");
  const { violations } = await axe.analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.flat().join(" ")} ${node.failureSummary}`),
  );
}

test("the preview has no accessibility fault axe knows, light, dark and on a phone, and Tab stays out of the picture", async (t) => {
  const desk = await Desk.start(t);
  const preview = await Preview.on(desk);
  const { page } = preview;
  assert.deepEqual(await faults(page), [], "empty");
  await preview.tries(`${desk.store}/en/`);
  await page.getByLabel("Also mask").fill("h1\n.nobody");
  await preview.says(".nobody finds nothing here");
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await faults(page), [], colorScheme);
  }
  await preview.address.focus();
  for (let presses = 0; presses < 15; presses++) {
    await page.keyboard.press("Tab");
    assert.notEqual(await page.evaluate("document.activeElement.localName"), "iframe");
  }
  await page.setViewportSize({ width: 390, height: 844 });
  assert.deepEqual(await faults(page), [], "phone");
  // The picture is scaled a moment after the window was.
  await page.waitForFunction("document.documentElement.scrollWidth <= innerWidth");
});

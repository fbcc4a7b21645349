/** What a visitor may write and press: any text is only text, keys alone are enough, and the store's policy is kept. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";

const BYTES_MAX = 16 * 1024;

/** Everything that the store's content security policy refused on the page. */
async function refusedByPolicy(visitor) {
  await visitor.page.addInitScript(() => {
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`),
    );
  });
  await visitor.page.reload();
}

test("markup, emoji and right-to-left text arrive as they were written, and 16 KiB but no more", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  await refusedByPolicy(visitor);
  const text = "<img src=x onerror=alert(1)> أريد مصباحا 👨‍👩‍👧‍👦";
  await visitor.says(text);
  await agent.log.getByText(text, { exact: true }).waitFor();
  await agent.replies(`${text} <script>alert(2)</script>`);
  await visitor.sees("<script>alert(2)</script>");

  await visitor.composer.fill("é".repeat(BYTES_MAX / 2 + 1));
  await visitor.page.getByText("This message is too long.").waitFor();
  await visitor.composer.press("Enter");
  assert.notEqual(await visitor.composer.inputValue(), "", "what is too long stays to be shortened");
  await visitor.says("é".repeat(BYTES_MAX / 2));
  await agent.log.getByText("é".repeat(BYTES_MAX / 2), { exact: true }).waitFor();

  assert.deepEqual(await visitor.page.evaluate(() => window.refused), []);
  assert.deepEqual(agent.complaints, []);
});

test("twenty messages written while the server is killed arrive once, in order", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  const texts = Array.from({ length: 20 }, (_, place) => `message ${place + 1}.`);
  for (const text of texts.slice(0, 10)) await visitor.says(text);
  await desk.server.stop("SIGKILL");
  for (const text of texts.slice(10)) await visitor.says(text);
  await desk.server.start();
  await agent.sees("message 20.");
  assert.deepEqual(await agent.log.getByText(/^message \d+\.$/).allInnerTexts(), texts);
  await visitor.log.getByText("Sending…").last().waitFor({ state: "detached" });
  assert.deepEqual(await visitor.log.getByText(/^message \d+\.$/).allInnerTexts(), texts);
});

test("by keys alone the chat is opened, a choice made, an answer given and the chat closed", async (t) => {
  const desk = await Desk.start(t);
  await desk.agent("Camille");
  const { page, ...visitor } = await desk.visitor();
  const focused = (name) =>
    page.evaluate((wanted) => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return (element?.ariaLabel ?? element?.textContent ?? "").startsWith(wanted);
    }, name);
  const goesTo = async (name, key) => {
    for (let steps = 0; steps < 80 && !(await focused(name)); steps += 1) await page.keyboard.press(key);
    assert.ok(await focused(name), `${key} leads to ${name}`);
  };
  const log = page.getByRole("log", { name: visitor.words.log });

  await page.getByRole("button", { name: visitor.words.open }).waitFor();
  await goesTo("Open chat", "Tab");
  await page.keyboard.press("Enter");
  await log.getByText("Talk to an advisor").waitFor();
  await goesTo("Your message", "Tab");
  await goesTo("Talk to an advisor", "Shift+Tab");
  await page.keyboard.press("Enter");
  await log.getByText("What is your name?").waitFor();
  await goesTo("Your message", "Tab");
  await page.keyboard.type("Kay Board");
  await page.keyboard.press("Enter");
  await log.getByText("At which e-mail address").waitFor();
  await page.keyboard.press("Escape");
  await log.waitFor({ state: "hidden" });
  assert.ok(await focused("Open chat"), "the focus is back on the launcher");
  // The launcher stays where it is while the panel is open: Esc closes from there too.
  await page.keyboard.press("Enter");
  await log.waitFor();
  await goesTo("Close chat", "Tab");
  await page.keyboard.press("Escape");
  await log.waitFor({ state: "hidden" });
});

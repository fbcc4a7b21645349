/** An agent without a mouse: the console's keyboard map, from the list to the closed conversation. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { asksForAnAdvisor } from "./journeys.mjs";

test("a conversation is taken, answered, noted and closed by keys alone", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor();
  await asksForAnAdvisor(visitor);
  const { keyboard } = agent.page;
  const focused = () => agent.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");

  await agent.row("Omar Haddad").waitFor();
  await keyboard.press("Alt+j");
  await agent.page.waitForFunction(() =>
    document.activeElement?.closest("li")?.textContent.includes("Omar Haddad"),
  );
  await agent.tab("waiting").filter({ hasText: "1" }).waitFor();
  assert.equal(await agent.composer.count(), 0, "moving through Waiting takes nothing");
  await keyboard.press("Enter");
  await agent.composer.waitFor();
  await agent.page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");

  await keyboard.type("Hello Omar");
  await keyboard.press("Enter");
  await visitor.sees("Hello Omar");
  await keyboard.press("Alt+p");
  await keyboard.type("prefers brass");
  await keyboard.press("Enter");
  await agent.sees("prefers brass");
  await keyboard.press("Alt+l");
  await keyboard.type("#lamp");
  await agent.page.getByRole("option").first().waitFor();
  await keyboard.press("Enter");
  await visitor.log
    .getByRole("link", { name: /^View / })
    .last()
    .waitFor();
  assert.equal(await visitor.log.getByText("prefers brass").count(), 0, "notes stay among agents");

  await keyboard.press("Control+/");
  await agent.page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await keyboard.press("Escape");
  await agent.page.getByRole("dialog").waitFor({ state: "detached" });
  await agent.composer.focus();
  await keyboard.press("Alt+e");
  await visitor.sees("This conversation is closed.");
  await keyboard.press("Control+k");
  await agent.page.waitForFunction(() => document.activeElement?.id === "history-search");
  assert.equal(await focused(), "Search History");
  await keyboard.type("omar");
  await keyboard.press("Enter");
  await agent.row("Omar Haddad").waitFor();
});

test("unread messages are counted in the title until the conversation is looked at", async (t) => {
  const desk = await Desk.start(t);
  const agent = await desk.agent("Camille");
  const visitor = await desk.visitor();
  await asksForAnAdvisor(visitor);
  await agent.takes("Omar Haddad");
  await agent.page.waitForFunction(() => !document.title.startsWith("("));
  await agent.composer.fill("half a thought");
  await agent.goesTo("history");
  await visitor.says("one");
  await visitor.says("two");
  await agent.page.waitForFunction(() => document.title.startsWith("(2)"));
  await agent.goesTo("inProgress");
  await agent.row("Omar Haddad").getByText("Draft").waitFor();
  await agent.opens("Omar Haddad");
  await agent.page.waitForFunction(() => !document.title.startsWith("("));
  assert.equal(await agent.composer.inputValue(), "half a thought");
});

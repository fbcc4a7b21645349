/** What a person meets when things go wrong: lost connections, refused origins, a dead server. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";

test("an origin that is not allowed gets no chat and no error", async (t) => {
  const desk = await Desk.start(t);
  const site = await (await (await desk.context()).newPage()).request
    .get(`${desk.store}/en/`)
    .then((answer) => answer.text())
    .then((html) => /data-site="([^"]+)"/.exec(html)[1]);
  const stranger = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<!doctype html><html lang="en"><title>Elsewhere</title><p id="here">Elsewhere</p>
      <script async src="${desk.console}/w.js" data-site="${site}"></script>`);
  });
  await new Promise((done) => stranger.listen(0, "127.0.0.1", done));
  t.after(() => stranger.close());
  const page = await (await desk.context()).newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  // Without the header that lets the page read it, the refusal reaches the page as a failure.
  const asked = page.waitForEvent("requestfailed", (request) => request.url().includes("/w/v1/config"));
  await page.goto(`http://127.0.0.1:${stranger.address().port}/`);
  await asked;
  await page.locator("#here").waitFor();
  assert.equal(await page.getByRole("button").count(), 0);
  assert.deepEqual(faults, []);
});

test("a visitor who was cut off says so, and what was written arrives once when the line is back", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  await visitor.context.setOffline(true);
  await desk.server.stop("SIGKILL");
  await visitor.page
    .getByText(/Connection lost|You are offline/)
    .first()
    .waitFor();
  await agent.page.getByText("Connection lost. Reconnecting…").first().waitFor();
  for (const text of ["first line", "second line", "third line"]) await visitor.says(text);
  await desk.server.start();
  await visitor.context.setOffline(false);
  await agent.sees("third line");
  const texts = await agent.log.getByText(/^(first|second|third) line$/).allInnerTexts();
  assert.deepEqual(texts, ["first line", "second line", "third line"]);
});

test("a text that was sent just before a reload is not lost", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  await desk.server.stop("SIGKILL");
  await visitor.says("written into the void");
  await visitor.page.reload({ waitUntil: "commit" }).catch(() => undefined);
  await desk.server.start();
  await agent.sees("written into the void");
  assert.equal(await agent.log.getByText("written into the void", { exact: true }).count(), 1);
});

test("the store works the same when Comptoir is down", async (t) => {
  const desk = await Desk.start(t);
  const visitor = await desk.visitor();
  await visitor.page.route(`${desk.console}/**`, (route) => route.abort());
  await visitor.goes("/en/");
  await visitor.page.getByRole("heading", { level: 1 }).first().waitFor();
  assert.equal(await visitor.launcher.count(), 0);
});

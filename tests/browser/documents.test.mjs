/** Files both ways: a picture with its preview, a text to download, a refused type with its reason, and after a restart. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Desk } from "./desk.mjs";
import { picture } from "./documents.mjs";
import { inConversation } from "./journeys.mjs";

const attaches = async (who, file) => {
  const [chooser] = await Promise.all([
    who.page.waitForEvent("filechooser"),
    who.page.getByRole("button", { name: "Attach a file" }).click(),
  ]);
  await chooser.setFiles(file);
};

test("files travel both ways, with previews, and are there after a restart", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);

  await attaches(visitor, { name: "room plan.png", mimeType: "image/png", buffer: picture() });
  await agent.log.getByRole("img", { name: /room plan\.png/ }).waitFor();
  await visitor.log.getByRole("img", { name: /room plan\.png/ }).waitFor();

  await attaches(agent, {
    name: "conditions.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Thirty days to return.\n"),
  });
  await visitor.sees("conditions.txt");
  const [download] = await Promise.all([
    visitor.page.waitForEvent("download"),
    visitor.log
      .getByRole("link", { name: /conditions\.txt/ })
      .or(visitor.log.getByRole("button", { name: /conditions\.txt/ }))
      .last()
      .click(),
  ]);
  assert.equal(await readFile(await download.path(), "utf8"), "Thirty days to return.\n");
  assert.equal(download.suggestedFilename(), "conditions.txt");

  await attaches(visitor, {
    name: "page.html",
    mimeType: "text/html",
    buffer: Buffer.from("<!doctype html><script>alert(1)</script>"),
  });
  await visitor.page.getByText(/type of file is not accepted/).waitFor();
  assert.equal(await agent.log.getByText("page.html").count(), 0);

  await desk.restart();
  await agent.page.reload();
  await agent.log.getByRole("img", { name: /room plan\.png/ }).waitFor();
  const documents = agent.page
    .getByRole("heading", { name: /Documents exchanged/ })
    .or(agent.page.getByText(/Documents exchanged/))
    .first();
  await documents.waitFor();
  await agent.page.getByText("conditions.txt").last().waitFor();
});

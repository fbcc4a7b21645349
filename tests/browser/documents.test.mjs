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

test("an image is pasted, an empty file is told so, an upload is cancelled", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);

  await visitor.composer.evaluate(
    (composer, bytes) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(bytes)], "pasted.png", { type: "image/png" }));
      const init = { clipboardData, bubbles: true, cancelable: true, composed: true };
      composer.dispatchEvent(new ClipboardEvent("paste", init));
    },
    [...picture(64, 40)],
  );
  await agent.log.getByRole("img", { name: /pasted\.png/ }).waitFor();

  await attaches(visitor, { name: "nothing.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) });
  await visitor.log.getByText("This file is empty.").waitFor();
  await visitor.log.getByRole("button", { name: "Cancel sending nothing.txt" }).click();

  // Held up on its way, so that there is something to cancel.
  await visitor.page.route("**/documents", () => undefined);
  await attaches(visitor, { name: "wrong one.txt", mimeType: "text/plain", buffer: Buffer.from("not this") });
  await visitor.log.getByRole("button", { name: "Cancel sending wrong one.txt" }).click();
  await visitor.page.unroute("**/documents");
  await attaches(visitor, { name: "right one.txt", mimeType: "text/plain", buffer: Buffer.from("this") });
  await agent.sees("right one.txt");
  assert.equal(await agent.log.getByText("wrong one.txt").count(), 0);
  assert.equal(await agent.log.getByText("nothing.txt").count(), 0);
});

test("a file whose sending was cut is sent again, and no file is called gone because the server was", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  // The file arrives, its address does not: as when the server goes away just then.
  await visitor.page.route("**/address", (route) => route.abort());
  await attaches(visitor, { name: "room plan.png", mimeType: "image/png", buffer: picture() });
  await agent.log.getByRole("img", { name: /room plan\.png/ }).waitFor();
  await visitor.log.getByText("room plan.png").waitFor();
  await desk.server.stop("SIGKILL");
  await attaches(visitor, { name: "cut.txt", mimeType: "text/plain", buffer: Buffer.from("cut") });
  await visitor.log.getByText("This could not be sent.").waitFor();
  assert.equal(await visitor.log.getByText("No longer available").count(), 0);

  await visitor.page.unroute("**/address");
  await desk.server.start();
  await visitor.log.getByRole("img", { name: /room plan\.png/ }).waitFor();
  await visitor.log.getByRole("button", { name: "Send cut.txt again" }).click();
  await agent.sees("cut.txt");
  assert.equal(await agent.log.getByText("cut.txt").count(), 1);
});

test("of too many files at once the first ten travel and the visitor is told where it stopped", async (t) => {
  const desk = await Desk.start(t);
  const { agent, visitor } = await inConversation(desk);
  const files = Array.from({ length: 12 }, (_, place) => ({
    name: `page ${place + 1}.txt`,
    mimeType: "text/plain",
    buffer: Buffer.from(`page ${place + 1}`),
  }));
  await attaches(visitor, files);
  await visitor.log.getByText("Too many files at once.").waitFor();
  await agent.sees("page 10.txt");
  await visitor.log.getByRole("button", { name: "Send page 11.txt again" }).click();
  await agent.sees("page 11.txt");
  assert.equal(await agent.log.getByText("page 12.txt").count(), 0);
});

/**
 * A stranger's stream in the agent's tab: each forged recording of tests/shared is sent to the real tab,
 * under its real policy, by a share's socket that the test plays, as a server that checks nothing would.
 *
 * That the server refuses them is tests of `rules::cobrowse::frame`; what is left of each, sanitise.test.ts's.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";

import { FULL, forged, frame, honest, Told } from "./told.mjs";

/** The address of nothing good: whoever asks it is counted. */
async function evil(t) {
  const hits = [];
  const server = createServer((request, response) => {
    hits.push(request.url);
    response.end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  return { hits, host: `127.0.0.1:${server.address().port}` };
}

test("no forged recording runs a script, asks an address or takes the keyboard", async (t) => {
  const stranger = await evil(t);
  const told = await Told.open(t, "en");
  const { tab, socket } = told;
  await tab.page.exposeFunction("evil", () => tab.complaints.push("a script ran"));
  const composer = tab.page.getByRole("textbox", { name: /^Reply to/ });
  await composer.click();
  const before = tab.asked.length;

  let { doc } = told;
  let typed = "";
  for (const { about, kind, events } of forged) {
    const there = JSON.parse(JSON.stringify(events).replaceAll("evil.example", stranger.host));
    doc += 1;
    if (kind !== FULL) socket.send(frame(FULL, doc, 1, honest));
    socket.send(frame(kind, doc, kind === FULL ? 1 : 2, kind === FULL ? [honest[0], ...there] : there));
    await composer.press("x");
    typed += "x";
    assert.equal(await composer.inputValue(), typed, `a key was lost: ${about}`);
  }
  // A last honest page: whatever the others did, the picture is still the tab's to draw.
  socket.send(frame(FULL, doc + 1, 1, honest));
  await tab.page.locator(".layer:not(.layer-coming) iframe").waitFor();

  const frames = await tab.page
    .locator("iframe")
    .evaluateAll((all) => all.map((one) => one.getAttribute("sandbox")));
  assert.deepEqual(frames, ["allow-same-origin"]);
  assert.deepEqual(stranger.hits, []);
  const asked = tab.asked.slice(before).filter((url) => !/^(data|blob):/.test(url));
  const own = (url) => {
    const { origin, pathname } = new URL(url);
    return origin === told.desk.console && /^\/(cb\/a\/[0-9a-f]{64}$|assets\/)/.test(pathname);
  };
  assert.deepEqual(
    asked.filter((url) => !own(url)),
    [],
    "nothing but files of the page is asked for",
  );
  assert.deepEqual(tab.complaints, []);
  assert.ok(forged.length >= 100, `${forged.length} forged recordings`);
});

/** The main job: a visitor chats, the bot answers, an agent takes over; and everything is still there afterwards. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "./desk.mjs";

test("a visitor chats with the bot, an agent takes over, and both find everything again", async (t) => {
  const desk = await Desk.start(t);
  const camille = await desk.agent("Camille");
  const visitor = await desk.visitor({ path: "/en/" });

  await t.test("the bot asks for name and e-mail, and says what is wrong with a bad one", async () => {
    await visitor.opens();
    await visitor.sees("Hello and welcome to Corlieu");
    await visitor.chooses("Talk to an advisor");
    await visitor.sees("What is your name?");
    await visitor.says("Omar Haddad");
    await visitor.sees("At which e-mail address");
    await visitor.says("omar at example");
    await visitor.sees("This address does not look complete");
    await visitor.says("omar@example.org");
    await visitor.sees("Thank you Omar Haddad, I am letting the workshop know");
  });

  await t.test("the agent sees the visitor waiting and takes the conversation", async () => {
    await camille.takes("Omar Haddad");
    await camille.sees("Conversation taken in charge");
    await camille.sees("Hello and welcome to Corlieu");
    await camille.page.getByRole("heading", { name: "Omar Haddad", level: 1 }).waitFor();
    await camille.page.getByText("omar@example.org").first().waitFor();
    await visitor.page.getByText("You are now with Camille").first().waitFor();
  });

  await t.test("they write to each other and see what was read", async () => {
    await camille.replies("Hello Omar, Camille here. What are you looking for?");
    await visitor.sees("Camille here");
    await visitor.says("A lamp for a desk");
    await camille.sees("A lamp for a desk");
    await visitor.log.getByText("Read", { exact: true }).last().waitFor();
    await camille.log.getByText("Read", { exact: true }).last().waitFor();
  });

  await t.test("a reload and another page keep the chat", async () => {
    await visitor.page.reload();
    await visitor.sees("A lamp for a desk");
    await visitor.goes("/en/delivery");
    await visitor.sees("Camille here");
    await camille.page.reload();
    await camille.sees("A lamp for a desk");
  });

  await t.test("a restart of the server in the middle loses and doubles nothing", async () => {
    await visitor.says("Sent before the restart");
    await camille.sees("Sent before the restart");
    await desk.server.stop("SIGKILL");
    await visitor.says("Sent while the server was down");
    await camille.replies("Answered while the server was down");
    await desk.server.start();
    await camille.sees("Sent while the server was down");
    await visitor.sees("Answered while the server was down");
    for (const text of ["Sent before the restart", "Sent while the server was down"]) {
      assert.equal(
        await visitor.log.getByText(text, { exact: true }).count(),
        1,
        `the visitor sees once: ${text}`,
      );
      assert.equal(
        await camille.log.getByText(text, { exact: true }).count(),
        1,
        `the agent sees once: ${text}`,
      );
    }
  });

  await t.test("a second tab shows the same conversation", async () => {
    const tab = await visitor.tab("/en/");
    await tab.opens();
    await tab.sees("Sent while the server was down");
    await tab.says("From the second tab");
    await visitor.sees("From the second tab");
    await camille.sees("From the second tab");
  });

  assert.deepEqual(camille.complaints, []);
});

test("before the visitor opens the chat nothing is stored and no socket is open", async (t) => {
  const desk = await Desk.start(t);
  const context = await desk.context();
  const sockets = [];
  context.on("page", (page) => page.on("websocket", (socket) => sockets.push(socket.url())));
  const visitor = await desk.visitor({ path: "/en/" });
  visitor.page.on("websocket", (socket) => sockets.push(socket.url()));
  await visitor.launcher.waitFor();
  const stored = () =>
    visitor.page.evaluate(() =>
      [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => /comptoir/i.test(key)),
    );
  assert.deepEqual(await stored(), []);
  assert.deepEqual(sockets, []);
  await visitor.opens();
  await visitor.sees("Hello and welcome to Corlieu");
  assert.notDeepEqual(await stored(), []);
});

test("the shipped roots are closed", async (t) => {
  const desk = await Desk.start(t);
  const visitor = await desk.visitor({ openRoots: false });
  await visitor.page.waitForFunction(() =>
    [...document.documentElement.children].some((child) => !["HEAD", "BODY"].includes(child.tagName)),
  );
  const open = await visitor.page.evaluate(
    () => [...document.documentElement.children].filter((child) => child.shadowRoot !== null).length,
  );
  assert.equal(open, 0);
});

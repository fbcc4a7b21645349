/**
 * "Show me" leads to a product's page of the store that is open, and nowhere else: a catalog whose links lead
 * astray against the real server, and a server that lies against the visitor's page.
 *
 * The whole table of addresses is with the rule, in src/rules/cobrowse/show.rs; that a good one is proposed and
 * followed is share-around.test.mjs's.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk, STEP_MS } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";
import { Played } from "./played.mjs";
import { SharedPage, ShareTab, until } from "./sharing.mjs";

/** What a server might say that is no path of this store. */
const PATHS = [
  "//evil.example/tea",
  "///evil.example/tea",
  "/\\evil.example/tea",
  "\\\\evil.example/tea",
  "/\t/evil.example/tea",
  "/\n/evil.example/tea",
  " //evil.example/tea",
  "https://evil.example/tea",
  "http://evil.example:8080/tea",
  "https:evil.example",
  "https://localhost/tea",
  "http://user:word@evil.example/tea",
  "javascript:document.title='led'",
  "JaVaScRiPt:document.title='led'",
  "java\nscript:document.title='led'",
  "\u0001javascript:document.title='led'",
  "data:text/html,led",
  "blob:http://localhost/0190aaaa",
  "file:///etc/passwd",
  "vbscript:led",
  "about:blank",
  "view-source:/en/cart",
  "en/cart",
  "?led",
  "#led",
  "",
];

test("whatever a lying server proposes, the visitor's yes leads to no other page", async (t) => {
  const desk = await Desk.start(t);
  const played = await Played.on(desk, { url: `${desk.store}/en/` });
  const { page } = played;
  await played.visitor.closes();
  await played.sees();
  const left = [];
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame()) left.push(frame.url());
  });
  page.context().on("request", (request) => {
    if (/evil/.test(request.url())) left.push(request.url());
  });
  const open = page.getByRole("button", { name: "Open it" });
  const saysYesTo = async (path, turn) => {
    const ask = `0190aaaa-0000-7000-8000-${String(900 + turn).padStart(12, "0")}`;
    const agent = { id: "0190aaaa-0000-7000-8000-000000000001", first_name: "Camille" };
    played.tell({ type: "proposed", ask, agent, path, title: "Tide mug", seconds: 30 });
    const answer = () => played.said("answer_proposal").find((frame) => frame.ask === ask);
    await until(
      async () => {
        if (!answer() && (await open.isVisible()))
          await open.click({ timeout: 2_000 }).catch(() => undefined);
        return answer();
      },
      `the visitor said yes to ${JSON.stringify(path)}`,
    );
    assert.equal(answer().granted, true, path);
  };
  for (const [turn, path] of PATHS.entries()) await saysYesTo(path, turn);
  assert.deepEqual(left, [], "0 of them are followed");
  assert.notEqual(await page.title(), "led");

  await saysYesTo("/en/c/lighting", PATHS.length);
  await page.waitForURL(/\/en\/c\/lighting$/);
  assert.deepEqual([...new Set(left)], [`${desk.store}/en/c/lighting`], "the one good path is");
});

/** Products of a feed that somebody else wrote, and where their links lead. */
const LINKS = {
  Otherhost: "https://evil.example/en/p/tide-mug",
  Otherport: "http://localhost:1/en/p/tide-mug",
  Subdomain: "http://shop.localhost:PORT/en/p/tide-mug",
  Otherscheme: "https://localhost:PORT/en/p/tide-mug",
  Loopback: "http://127.0.0.1:PORT/en/p/tide-mug",
  Credentials: "http://user:word@localhost:PORT/en/p/tide-mug",
  Twoslashes: "http://localhost:PORT//evil.example/tea",
  Escapedslash: "http://localhost:PORT/%2Fevil.example/tea",
  Dots: "http://localhost:PORT/x/..//evil.example/tea",
  Switchedoff: "http://localhost:PORT/en/cart",
};

test("a catalog whose links lead astray shows the visitor nothing, and the agent is told", async (t) => {
  const desk = await Desk.start(t);
  await imported(desk);
  const { agent, visitor } = await inConversation(desk);
  const proposed = [];
  visitor.page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      const frame = typeof payload === "string" ? JSON.parse(payload) : {};
      if (frame.type === "proposed") proposed.push(frame.path);
    }),
  );
  const tab = await ShareTab.open(agent, "en");
  const shared = new SharedPage(visitor);
  await shared.answers(true);
  await tab.shows("A workshop by the sea");
  await tab.page.getByRole("button", { name: "Products", exact: true }).click();
  const shows = async (name) => {
    await tab.page.getByLabel("Search the catalog").fill(name);
    const row = tab.page.getByRole("grid", { name: "Products found" }).getByRole("button", {
      name: new RegExp(`^Show .*${name}.* on the visitor’s page$`),
    });
    await row.first().waitFor();
    await row.first().click();
  };
  for (const name of Object.keys(LINKS)) {
    await shows(name);
    await tab.page.getByText("This product has no page in the store that is shared.").first().waitFor();
  }
  // Answers come in order: whatever the visitor was asked before, they were asked by now.
  await shows("Plainmug");
  await shared.card.getByText("Camille suggests this page").waitFor();
  assert.deepEqual(proposed, ["/en/p/tide-mug"], "0 of them are proposed");
  assert.equal(new URL(visitor.page.url()).pathname, "/en/");
});

/** Takes the feed in place of the demo's English catalog, and switches sharing off where the cart is. */
async function imported(desk) {
  const links = { ...LINKS, Plainmug: "http://localhost:PORT/en/p/tide-mug" };
  const rows = Object.entries(links).map(([name, link], at) => {
    const address = link.replace("PORT", String(desk.storePort));
    return `X-${at},${name} mug,A mug.,${address},in_stock,9,10.00 EUR`;
  });
  const csv = ["id,title,description,link,availability,quantity,price", ...rows].join("\n");
  const { page } = await desk.agent("admin");
  await page.evaluate(
    async ({ site, csv, wait }) => {
      const api = `/api/v1/sites/${site}`;
      const asked = async (path, init) => {
        const answer = await fetch(path, init);
        const body = await answer.json();
        if (!answer.ok) throw new Error(JSON.stringify(body));
        return body;
      };
      const tells = (method, path, body) =>
        asked(path, {
          method,
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
      const { share } = await asked(api);
      await tells("PATCH", api, { share: { ...share, off_paths: ["/en/cart"] } });
      const imports = `${api}/catalog/imports`;
      const { id } = await asked(`${imports}?lang=en`, {
        method: "POST",
        headers: { "x-comptoir-upload": "1", "x-comptoir-name": "links.csv", "content-type": "text/csv" },
        body: csv,
      });
      const deadline = Date.now() + wait;
      for (;;) {
        const { state } = await asked(`${imports}/${id}`);
        if (state.type === "done") return;
        if (state.type === "awaits_confirmation") await tells("POST", `${imports}/${id}/confirm`, {});
        else if (!["queued", "reading", "indexing"].includes(state.type) || Date.now() > deadline)
          throw new Error(JSON.stringify(state));
      }
    },
    { site: desk.said.site.id, csv, wait: STEP_MS },
  );
  await page.context().close();
}

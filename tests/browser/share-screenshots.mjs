/**
 * Pictures of a shared page, the visitor's and the agent's of the same moment, into tests/browser/out: at
 * 1440 and 390 px for the visitor, light and dark, French and English. To be looked at, not compared.
 */
import { mkdir } from "node:fs/promises";
import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";
import { SharedPage, ShareTab } from "./sharing.mjs";

const OUT = new URL("out/", import.meta.url).pathname;
const SIZES = { desk: { width: 1440, height: 860 }, phone: { width: 390, height: 844, touch: true } };
const WORDS = {
  en: {
    shown: "A workshop by the sea",
    asked: "Waiting for",
    drives: "You drive the page",
    ended: "stopped",
  },
  fr: { shown: "Atelier de bord de mer", asked: "En attente", drives: "Vous pilotez", ended: "a arrêté" },
};

const cleanups = [];
const t = { after: (clean) => cleanups.push(clean) };

async function pair(tab, visitor, name) {
  for (const [who, page] of [
    ["agent", tab.page],
    ["visitor", visitor.page],
  ]) {
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const path = `${OUT}share-${name}-${who}.png`;
    await page.screenshot({ path });
    process.stdout.write(`${path}\n`);
  }
}

async function journey(lang, dark, size) {
  const desk = await Desk.start(t);
  const words = WORDS[lang];
  const tag = `${lang}-${dark ? "dark" : "light"}-${size}`;
  const { agent, visitor } = await inConversation(desk, { lang, dark, ...SIZES[size] });
  // The agent speaks the visitor's language here, so that both pictures can be read side by side.
  await agent.context.addInitScript((chosen) => localStorage.setItem("comptoir.lang", chosen), lang);
  await agent.page.reload();
  const shared = new SharedPage(visitor);
  const tab = await ShareTab.open(agent, lang);
  await tab.page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  await tab.says(words.asked);
  await shared.card.waitFor();
  await pair(tab, visitor, `asked-${tag}`);

  await shared.answers(true);
  await tab.shows(words.shown);
  await tab.page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => undefined);
  await pair(tab, visitor, `seen-${tag}`);

  await tab.button("point").click();
  await tab.moves(tab.picture.getByRole("heading", { level: 1 }));
  await visitor.page.locator("comptoir-share").getByText("Camille", { exact: true }).waitFor();
  await pair(tab, visitor, `pointed-${tag}`);

  await tab.button("take").click();
  await shared.card.waitFor();
  await pair(tab, visitor, `control-asked-${tag}`);
  await shared.answers(true);
  await tab.says(words.drives);
  await pair(tab, visitor, `driven-${tag}`);

  await shared.takesBack();
  await visitor.page.getByRole("button", { name: shared.words.takeBack }).waitFor({ state: "detached" });
  await shared.stops();
  await tab.says(words.ended);
  await pair(tab, visitor, `ended-${tag}`);
  for (const clean of cleanups.splice(0)) await clean();
}

await mkdir(OUT, { recursive: true });
try {
  for (const lang of ["fr", "en"])
    for (const size of ["desk", "phone"]) for (const dark of [false, true]) await journey(lang, dark, size);
} finally {
  for (const clean of cleanups) await clean();
}

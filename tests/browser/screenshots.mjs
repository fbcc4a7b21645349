/**
 * Pictures of the widget and the console at 390 and 1440 px, light and dark, French and English, empty and
 * full, into tests/browser/out: to be looked at, not compared. With `--readme` it also writes the three
 * pictures of README.md into docs/images.
 */
import { mkdir } from "node:fs/promises";
import { Desk } from "./desk.mjs";
import { roomPlan } from "./documents.mjs";
import { asksForAnAdvisor } from "./journeys.mjs";

const OUT = new URL("out/", import.meta.url).pathname;
const README = new URL("../../docs/images/", import.meta.url).pathname;
const WIDTHS = { phone: { width: 390, height: 844, touch: true }, desk: { width: 1440, height: 860 } };

const cleanups = [];
const t = { after: (clean) => cleanups.push(clean) };

/** Waits until pictures are painted. */
async function settled(page) {
  await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => undefined);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function shoots(page, name, folder = OUT) {
  await settled(page);
  await page.screenshot({ path: `${folder}${name}.png` });
  process.stdout.write(`${folder}${name}.png\n`);
}

const french = {
  hello: "Bonjour Omar, Camille à votre écoute. Voici la lampe dont vous parlez :",
  ask: "Je cherche une lampe pour un petit bureau, pas trop haute.",
  thanks: "Elle est superbe. Est-ce que la livraison est offerte ?",
  query: "lampe",
  wish: "Il me faudrait aussi un mug, moins de 30 euros.",
  suggestion: "Proposition",
  category: "Catégorie",
  compared: /produits comparés/,
  nothing: "Aucun produit trouvé",
};
const english = {
  hello: "Hello Omar, Camille here. This is the lamp you mean:",
  ask: "I am looking for a lamp for a small desk, not too tall.",
  thanks: "It is lovely. Is delivery free?",
  query: "lamp",
  wish: "I would also need a mug under 30 euros.",
  suggestion: "Suggestion",
  category: "Category",
  compared: /products compared/,
  nothing: "No product found",
};

/** One conversation with everything in it, seen from both sides. */
async function conversation(desk, lang, dark, size) {
  const words = lang === "fr" ? french : english;
  const look = { lang, dark };
  const agent = await desk.agent("Camille", { ...look, ...WIDTHS.desk });
  const tag = `${lang}-${dark ? "dark" : "light"}`;
  if (size === "desk") await shoots(agent.page, `console-empty-${tag}`);

  const visitor = await desk.visitor({ ...look, ...WIDTHS[size], path: `/${lang}/` });
  await visitor.consents(true);
  const product = await visitor.page.locator(`a[href*="/${lang}/p/"]`).first().getAttribute("href");
  await visitor.goes(product);
  await visitor.launcher.waitFor();
  await shoots(visitor.page, `store-${size}-${tag}`);
  await visitor.opens();
  await shoots(visitor.page, `widget-bot-${size}-${tag}`);
  await visitor.closes();
  await asksForAnAdvisor(visitor);
  await agent.takes("Omar Haddad");
  await visitor.says(words.ask);
  await agent.sees(words.ask);
  await agent.replies(words.hello);
  await agent.page.getByLabel(agent.words.search).fill(words.query);
  const found = agent.page.getByRole("grid", { name: agent.words.found });
  await found.getByRole("button", { name: agent.words.recommend }).first().click();
  await visitor.log
    .getByRole("link", { name: /^(Voir|View) / })
    .last()
    .waitFor();
  const [chooser] = await Promise.all([
    visitor.page.waitForEvent("filechooser"),
    visitor.page.getByRole("button", { name: visitor.words.attach }).click(),
  ]);
  await chooser.setFiles({
    name: lang === "fr" ? "plan du bureau.png" : "desk plan.png",
    mimeType: "image/png",
    buffer: roomPlan(),
  });
  await agent.log.getByRole("img", { name: /plan/ }).waitFor();
  await visitor.says(words.thanks);
  await agent.sees(words.thanks);
  await shoots(visitor.page, `widget-full-${size}-${tag}`);
  if (size === "desk") await shoots(agent.page, `console-full-${tag}`);
  return { agent, visitor };
}

/** The catalog beside the conversation: what is suggested, a search with a filter, a comparison on its way and sent. */
async function products({ agent, visitor }, lang, dark, size) {
  const { page } = agent;
  const tag = `${size}-${lang}-${dark ? "dark" : "light"}`;
  const words = lang === "fr" ? french : english;
  await visitor.says(words.wish);
  await page.getByRole("region", { name: words.suggestion, exact: true }).waitFor();
  await page.keyboard.press("Alt+r");
  await page.locator("#product-search:focus").waitFor();
  await page.locator("#product-search").fill("");
  await page.locator(".suggested [data-row]").first().waitFor();
  await shoots(page, `products-suggested-${tag}`);
  await page.keyboard.type(words.query);
  await page.keyboard.press("Enter");
  await page.getByRole("grid", { name: agent.words.found }).waitFor();
  await page.getByRole("button", { name: words.category, exact: true }).click();
  await shoots(page, `products-searched-${tag}`);
  await page.keyboard.press("Escape");
  await page.locator("#product-search").focus();
  for (let ticked = 0; ticked < 2; ticked += 1) {
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("c");
  }
  await shoots(page, `products-ticked-${tag}`);
  await page.keyboard.press("Control+Enter");
  if (size === "phone") {
    // One layer a press: the row, the words, the drawer.
    for (let layers = 0; layers < 3; layers += 1) await page.keyboard.press("Escape");
    await page.locator(".panel-open").waitFor({ state: "detached" });
  }
  await agent.log.getByRole("region", { name: words.compared }).last().waitFor();
  await shoots(page, `products-compared-${tag}`);
  await page.keyboard.press("Alt+r");
  await page.locator("#product-search:focus").waitFor();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("zzzz");
  await page.keyboard.press("Enter");
  await page.getByText(words.nothing).first().waitFor();
  await shoots(page, `products-nothing-${tag}`);
}

async function phoneConsole(desk, lang, dark) {
  const agent = await desk.agent("Camille", { lang, dark, ...WIDTHS.phone });
  const tag = `${lang}-${dark ? "dark" : "light"}`;
  await agent.goesTo("inProgress");
  await shoots(agent.page, `console-list-phone-${tag}`);
  await agent.opens("Omar Haddad");
  await shoots(agent.page, `console-conversation-phone-${tag}`);
  return agent;
}

async function settings(desk, lang, dark) {
  const admin = await desk.agent("admin", { lang, dark, ...WIDTHS.desk });
  const tag = `${lang}-${dark ? "dark" : "light"}`;
  await admin.page.goto(`${desk.console}/settings/sites`);
  await shoots(admin.page, `settings-sites-${tag}`);
  await admin.page
    .getByRole("main")
    .getByRole("link", { name: /Corlieu/ })
    .first()
    .click();
  await admin.page.getByText("data-site").first().waitFor();
  await shoots(admin.page, `settings-site-${tag}`);
  for (const [name, link] of [
    ["catalog", /Catalog/],
    ["bot", /^(Bot|Chatbot)/],
    ["agents", /^(Agents|Conseillers)/],
  ]) {
    await admin.page.getByRole("link", { name: link }).first().click();
    await settled(admin.page);
    await shoots(admin.page, `settings-${name}-${tag}`);
  }
}

async function main() {
  await mkdir(OUT, { recursive: true });
  const readme = process.argv.includes("--readme");
  const looks = readme
    ? [["en", false]]
    : [
        ["en", false],
        ["fr", true],
        ["fr", false],
        ["en", true],
      ];
  for (const [lang, dark] of looks) {
    const desk = await Desk.start(t);
    const { agent, visitor } = await conversation(desk, lang, dark, "desk");
    if (readme) {
      await mkdir(README, { recursive: true });
      await shoots(agent.page, "console", README);
      await shoots(visitor.page, "widget", README);
    } else {
      await products({ agent, visitor }, lang, dark, "desk");
      const held = await phoneConsole(desk, lang, dark);
      await products({ agent: held, visitor }, lang, dark, "phone");
      await settings(desk, lang, dark);
    }
    const second = await Desk.start(t);
    const phone = await conversation(second, lang, dark, "phone");
    if (readme) await shoots(phone.visitor.page, "widget-phone", README);
    for (const clean of cleanups.splice(0)) await clean();
  }
}

await main();

/**
 * A shared page between two people, by what they see: the visitor's question and banner, the agent's tab.
 *
 * Every name stands once, in both languages. What is asserted stands in the journeys.
 */
import { STEP_MS } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";

const WORDS = {
  en: {
    share: "Share page",
    agree: "Agree",
    refuse: "Not now",
    again: "Ask again",
    point: "Point",
    take: /^Take control/,
    giveBack: "Give back",
    takeBack: "Take back control",
    stop: "Stop sharing",
    agentStop: "Stop",
    products: "Products",
  },
  fr: {
    share: "Partage d’écran",
    agree: "Accepter",
    refuse: "Pas maintenant",
    again: "Demander à nouveau",
    point: "Indiquer",
    take: /^Prendre le contrôle/,
    giveBack: "Rendre le contrôle",
    takeBack: "Reprendre le contrôle",
    stop: "Arrêter le partage",
    agentStop: "Arrêter le partage",
    products: "Produits",
  },
};

/** The visitor's own part: a question, a banner, a pointer. */
export class SharedPage {
  constructor(visitor) {
    this.visitor = visitor;
    this.page = visitor.page;
    this.words = WORDS[visitor.lang];
  }

  get card() {
    return this.page.getByRole("alertdialog");
  }

  /** Reads the question first: what is pressed sooner than it can be read is no consent. */
  async answers(yes) {
    const button = this.card.getByRole("button", {
      name: yes ? this.words.agree : this.words.refuse,
      exact: true,
    });
    await button.waitFor();
    const deadline = Date.now() + STEP_MS;
    while (await button.isVisible()) {
      if (Date.now() > deadline) throw new Error("the question took no answer");
      await button.click({ timeout: 2_000 }).catch(() => undefined);
    }
  }

  async takesBack() {
    await this.page.getByRole("button", { name: this.words.takeBack }).click();
  }

  async stops() {
    await this.page.getByRole("button", { name: this.words.stop }).first().click();
  }

  async bannerSays(text) {
    await this.page
      .getByRole("region", { name: /^(Shared page|Page partagée)$/ })
      .getByText(text)
      .waitFor();
  }
}

/** The agent's tab of the shared page. */
export class ShareTab {
  constructor(page, lang) {
    this.page = page;
    this.words = WORDS[lang];
    this.complaints = [];
    /** Every address that this tab asked for. */
    this.asked = [];
    page.on("pageerror", (error) => this.complaints.push(`page error: ${error.message}`));
    page.on("console", (message) => {
      // A file of the page is named before the visitor's browser has sent it: it is asked for again.
      const late = message.location().url.includes("/cb/a/");
      if (message.type() === "error" && !late) this.complaints.push(`console: ${message.text()}`);
    });
    page.on("request", (request) => this.asked.push(request.url()));
  }

  /** In the click on Share page. */
  static async open(agent, lang) {
    const [page] = await Promise.all([
      agent.context.waitForEvent("page"),
      agent.page.getByRole("button", { name: WORDS[lang].share }).click(),
    ]);
    return new ShareTab(page, lang);
  }

  /** Where the share stands, and what can be done. */
  get bar() {
    return this.page.getByRole("region", { name: /^(Shared page|Page partagée)$/ });
  }

  async says(text) {
    await this.bar.getByText(text).first().waitFor();
  }

  button(which) {
    return this.bar.getByRole("button", { name: this.words[which] });
  }

  /** The replayed document. */
  get picture() {
    return this.page.locator(".layer:not(.layer-coming) iframe").contentFrame();
  }

  async shows(text) {
    await this.picture.getByText(text).first().waitFor();
  }

  /** Where something of the picture lies on the agent's screen. */
  async #place(locator) {
    await locator.waitFor();
    return locator.evaluate((element) => {
      const frame = element.ownerDocument.defaultView.frameElement;
      const outer = frame.getBoundingClientRect();
      const scale = outer.width / frame.clientWidth;
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: outer.x + (x + width / 2) * scale, y: outer.y + (y + height / 2) * scale };
    });
  }

  async moves(locator) {
    const { x, y } = await this.#place(locator);
    await this.page.mouse.move(x - 3, y);
    await this.page.mouse.move(x, y);
  }

  async clicks(locator) {
    const { x, y } = await this.#place(locator);
    await this.page.mouse.move(x, y);
    await this.page.mouse.click(x, y);
  }
}

/** A conversation whose page the visitor has agreed to share. */
export async function inShare(desk, { lang = "en", ...options } = {}) {
  const { agent, visitor } = await inConversation(desk, { lang, ...options });
  const tab = await ShareTab.open(agent, "en");
  const shared = new SharedPage(visitor);
  await shared.answers(true);
  await tab.page.locator(".layer:not(.layer-coming) iframe").waitFor();
  return { agent, visitor, tab, shared };
}

export async function inControl(desk, options) {
  const all = await inShare(desk, options);
  await all.tab.button("take").click();
  await all.shared.answers(true);
  await all.tab.says("You drive the page");
  return all;
}

export async function until(test, what) {
  const deadline = Date.now() + STEP_MS;
  while (!(await test())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/**
 * An agent or an admin at the console, by what they see: roles and accessible names.
 *
 * Every name stands once, in both languages, so that a reworded label breaks one line here.
 */

const WORDS = {
  en: {
    email: "E-mail",
    password: "Password",
    signIn: "Sign in",
    start: "Start",
    tabs: { waiting: /^Waiting/, inProgress: /^In progress/, history: /^History/ },
    log: /^Conversation with/,
    composer: /^Reply to/,
    send: "Send",
    transfer: "Transfer",
    close: "Close the conversation",
    search: "Search the catalog",
    found: "Products found",
    recommend: /^Recommend/,
  },
  fr: {
    email: "E-mail",
    password: "Mot de passe",
    signIn: "Se connecter",
    start: "Commencer",
    tabs: { waiting: /^En attente/, inProgress: /^En cours/, history: /^Historique/ },
    log: /^Conversation avec/,
    composer: /^Répondre à/,
    send: "Envoyer",
    transfer: "Transférer",
    close: "Fermer la conversation",
    search: "Chercher dans le catalogue",
    found: "Produits trouvés",
    recommend: /^Recommander/,
  },
};

export class Agent {
  constructor(desk, context, page, person, lang) {
    this.desk = desk;
    this.context = context;
    this.page = page;
    this.person = person;
    this.words = WORDS[lang];
    this.complaints = [];
    page.on("pageerror", (error) => this.complaints.push(`page error: ${error.message}`));
  }

  static async signIn(desk, context, person, { lang = "en" } = {}) {
    const page = await context.newPage();
    const agent = new Agent(desk, context, page, person, lang);
    await page.goto(desk.console);
    await page.getByLabel(agent.words.email).fill(person.email);
    await page.getByLabel(agent.words.password, { exact: true }).fill(person.password);
    await page.getByRole("button", { name: agent.words.signIn }).click();
    // Somebody with one chatbot is not asked which.
    const start = page.getByRole("button", { name: agent.words.start, exact: true });
    await agent.tab("waiting").or(start).first().waitFor();
    if (await start.isVisible()) await start.click();
    await agent.tab("waiting").waitFor();
    return agent;
  }

  tab(which) {
    return this.page.getByRole("tab", { name: this.words.tabs[which] });
  }

  async goesTo(which) {
    await this.tab(which).click();
  }

  /** The row of a conversation in the list that is shown. */
  row(name) {
    return this.page.getByRole("listitem").filter({ hasText: name });
  }

  /** Opens the waiting conversation of that visitor, which takes it. */
  async takes(name) {
    await this.goesTo("waiting");
    await this.row(name).getByRole("button").click();
    await this.composer.waitFor();
  }

  async opens(name) {
    await this.row(name).getByRole("link").click();
    await this.log.waitFor();
  }

  get log() {
    return this.page.getByRole("log", { name: this.words.log });
  }

  get composer() {
    return this.page.getByRole("textbox", { name: this.words.composer });
  }

  async replies(text) {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  async sees(text) {
    await this.log.getByText(text).last().waitFor();
  }

  /** Searches the catalog at the right and recommends the first product found. */
  async recommends(query, title = query) {
    await this.page.getByLabel(this.words.search).fill(query);
    await this.page
      .getByRole("grid", { name: this.words.found })
      .getByRole("button", { name: new RegExp(`${this.words.recommend.source}.*${title}`) })
      .first()
      .click();
  }

  async closesConversation() {
    await this.page.getByRole("button", { name: this.words.close }).click();
  }
}

/**
 * Somebody who browses the demo store and chats, by what they see: roles and accessible names.
 *
 * Every name stands once, in both languages, so that a reworded label breaks one line here.
 */

const WORDS = {
  en: {
    open: /^Open chat/,
    close: "Close chat",
    composer: "Your message",
    send: "Send",
    log: "Messages",
    attach: "Attach a file",
    accept: /^Accept/,
    refuse: /^(Refuse|Decline|No, thanks)/,
  },
  fr: {
    open: /^Ouvrir le chat/,
    close: "Fermer le chat",
    composer: "Votre message",
    send: "Envoyer",
    log: "Messages",
    attach: "Joindre un fichier",
    accept: /^(Accepter|Oui)/,
    refuse: /^(Refuser|Non)/,
  },
};

export class Visitor {
  constructor(desk, context, page, lang) {
    this.desk = desk;
    this.context = context;
    this.page = page;
    this.lang = lang;
    this.words = WORDS[lang];
    this.complaints = [];
    page.on("pageerror", (error) => this.complaints.push(`page error: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`console: ${message.text()}`);
    });
  }

  static async arrive(desk, context, { lang = "en", path = `/${lang}/` } = {}) {
    const page = await context.newPage();
    const visitor = new Visitor(desk, context, page, lang);
    await visitor.goes(path);
    return visitor;
  }

  /** A second tab of the same browser. */
  async tab(path = `/${this.lang}/`) {
    return Visitor.arrive(this.desk, this.context, { lang: this.lang, path });
  }

  async goes(path) {
    await this.page.goto(new URL(path, this.desk.store).href);
  }

  get launcher() {
    return this.page.getByRole("button", { name: this.words.open });
  }

  get composer() {
    return this.page.getByLabel(this.words.composer, { exact: true });
  }

  get log() {
    return this.page.getByRole("log", { name: this.words.log });
  }

  async consents(yes) {
    await this.page.getByRole("button", { name: yes ? this.words.accept : this.words.refuse }).click();
  }

  async opens() {
    await this.launcher.click();
    await this.log.waitFor();
  }

  async closes() {
    await this.page.getByRole("button", { name: this.words.close }).first().click();
  }

  async says(text) {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  async chooses(label) {
    await this.log.getByRole("button", { name: label }).last().click();
  }

  async sees(text) {
    await this.log.getByText(text).last().waitFor();
  }

  /** Texts of the bubbles, in order, as somebody reads them. */
  async reads() {
    return this.log.allInnerTexts().then((texts) => texts.join("\n"));
  }
}

/**
 * An admin who tries a site's masks on a page of the store: the console's tab, and the tab of the store that
 * it opens. And a picture as a text, to be held against another one.
 *
 * Every name stands once. What is asserted stands in preview.test.mjs.
 */
import { SharedPage } from "./sharing.mjs";

export class Preview {
  constructor(desk, admin) {
    this.desk = desk;
    this.context = admin.context;
    this.page = admin.page;
    this.path = `/shared/preview/${desk.said.site.id}`;
    this.complaints = [];
    this.page.on("console", (message) => {
      // A file that is on its way, or a last look at a preview that another one has replaced.
      const late = /\/cb\/a\/|\/share-previews\//.test(message.location().url);
      if (message.type() === "error" && !late)
        this.complaints.push(`console: ${message.text()} ${message.location().url}`);
    });
  }

  static async on(desk) {
    const preview = new Preview(desk, await desk.agent("admin"));
    await preview.page.goto(desk.console + preview.path);
    await preview.address.waitFor();
    return preview;
  }

  get address() {
    return this.page.getByLabel("Page of your store");
  }

  /** Opens a page of the store; whoever sits there is asked. */
  async opens(url) {
    await this.address.fill(url);
    const [page] = await Promise.all([
      this.context.waitForEvent("page"),
      this.page.getByRole("button", { name: "Open this page" }).click(),
    ]);
    await page.waitForURL((at) => at.href.startsWith("http"));
    return page;
  }

  /** Opens it and agrees there. */
  async tries(url) {
    const page = await this.opens(url);
    const lang = await page.evaluate("document.documentElement.lang");
    await new SharedPage({ page, lang }).answers(true);
    await this.frame.waitFor();
    return page;
  }

  get frame() {
    return this.page.locator(".layer:not(.layer-coming) iframe");
  }

  get picture() {
    return this.frame.contentFrame();
  }

  async says(text) {
    await this.page.getByText(text).first().waitFor();
  }
}

/** What stands in a picture, element by element; undefined while there is none. */
export async function written(picture) {
  return picture
    .locator("html")
    .evaluate((html) => {
      const lines = [];
      const write = (node, depth) => {
        const at = "  ".repeat(depth);
        if (node.nodeType === 3) {
          if (node.nodeValue.trim()) lines.push(at + node.nodeValue.trim());
          return;
        }
        if (node.nodeType !== 1) return;
        const { classList, value, checked } = node;
        classList.remove(":hover");
        const attributes = [...node.attributes]
          .filter(({ name, value }) => name !== "class" || value)
          .map(({ name, value }) => `${name}=${value}`)
          .sort();
        const state = [value, checked].filter((one) => typeof one === "string" || one === true);
        lines.push([at + node.localName, ...attributes, ...state.map((one) => `:${one}`)].join(" "));
        const inner = node.localName === "iframe" ? node.contentDocument : node.shadowRoot;
        for (const child of inner?.childNodes ?? []) write(child, depth + 1);
        for (const child of node.childNodes) write(child, depth + 1);
      };
      write(html, 0);
      const sheets = [...html.ownerDocument.styleSheets].map((sheet) => sheet.cssRules.length);
      lines.push(`rules: ${sheets.join(" ")}`);
      return lines.join("\n");
    })
    .catch(() => undefined);
}

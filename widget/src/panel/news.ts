/**
 * What reaches a visitor who is not looking: announcements, each once, the
 * chime, the count on the launcher and in the title of a hidden tab.
 *
 * Made when a conversation begins or goes on; what is news is hearing.ts's.
 */
import type { Host } from "../page/contract";
import type { T } from "../words/keys";
import type { Chat } from "./chat";
import { emit } from "./emit";
import { Hearing } from "./hearing";
import css from "./news.css?inline";
import { chime } from "./sound";

interface NewsOptions {
  host: Host;
  chat: Chat;
  t: T;
  /** The panel's own announcer; the launcher's root gets one here. */
  status: HTMLElement;
  /** The conversation goes on from an earlier page. */
  history: boolean;
}

export class News {
  readonly #options: NewsOptions;
  readonly #hearing: Hearing;
  readonly #badge = document.createElement("b");
  readonly #status = document.createElement("p");
  #title: string | undefined;

  constructor(options: NewsOptions) {
    this.#options = options;
    this.#hearing = new Hearing(options.history);
    const { shadow, button } = options.host.launcher;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets.push(sheet);
    this.#badge.ariaHidden = "true";
    this.#status.role = "status";
    button.append(this.#badge);
    shadow.append(this.#status);
  }

  /** `opened`: the panel is; `seen`: and the page is visible and focused. */
  tell(opened: boolean, seen: boolean, unread: number): void {
    const { host, chat, t, status } = this.#options;
    for (const { from, words } of this.#hearing.listen(chat.view, host.config.bot_name, t)) {
      (opened ? status : this.#status).textContent = words;
      emit(host, "message", { from });
      if (from === "agent" && !seen && !chat.memory.visitor.muted) chime();
    }
    this.#badge.hidden = unread === 0;
    this.#badge.textContent = unread > 99 ? "99+" : String(unread);
    this.#showTitle(unread);
  }

  stop(): void {
    this.#showTitle(0);
  }

  /** The count in the title of a hidden tab; taken away when it is seen. */
  #showTitle(unread: number): void {
    if (unread > 0 && document.visibilityState === "hidden") {
      this.#title ??= document.title;
      document.title = `(${unread}) ${this.#title}`;
    } else if (this.#title !== undefined) {
      if (document.title.endsWith(this.#title)) document.title = this.#title;
      this.#title = undefined;
    }
  }
}

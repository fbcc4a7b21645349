/** The page as it is told to the agent: scrubbed, when it has changed, with what may be done on it. */
import type { PageRule, SharedPage, ShareSettings } from "../shared/protocol";
import type { PageFilter } from "./contract";
import { pageRule } from "./rule";

const TELL_AFTER_MS = 200;
const TITLE_MAX = 200;

export class PageNow {
  readonly #settings: ShareSettings;
  readonly #filter: PageFilter;
  readonly #say: (page: SharedPage) => boolean;
  #said = "";
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: ShareSettings, filter: PageFilter, say: (page: SharedPage) => boolean) {
    this.#settings = settings;
    this.#filter = filter;
    this.#say = say;
  }

  rule(): PageRule {
    return pageRule(this.#settings, location.pathname, document);
  }

  tellSoon(): void {
    this.#soon ??= setTimeout(() => this.tell(), TELL_AFTER_MS);
  }

  /** `again`: also what was said before, to a server that may not have heard it. */
  tell(again = false): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    const filter = this.#filter;
    const page: SharedPage = {
      url: filter.scrubUrl(location.href),
      title: filter.scrubText(document.title).slice(0, TITLE_MAX).toWellFormed(),
      width: innerWidth,
      height: innerHeight,
      touch: matchMedia("(pointer: coarse)").matches,
      visible: !document.hidden,
      rule: this.rule(),
      lacks: filter.lacks(),
    };
    const now = JSON.stringify(page);
    if ((again || now !== this.#said) && this.#say(page)) this.#said = now;
  }

  stop(): void {
    clearTimeout(this.#soon);
  }
}

/** The page as it is told to the agent: scrubbed, when it has changed, with what may be done on it. */
import { toJson } from "../shared/json";
import type { PageLack, PageRule, SharedPage, ShareSettings } from "../shared/protocol";
import type { PageFilter } from "./contract";
import { pageRule } from "./rule";

const TELL_AFTER_MS = 200;
/** Characters: three bytes each at most, 512 on the wire. */
const TITLE_MAX = 170;
const URL_MAX = 2_048;
/** What cannot be shown, or must not be driven, costs a walk over the page. Each order looks by itself. */
const LOOK_EVERY_MS = 1_000;

export class PageNow {
  readonly #settings: ShareSettings;
  readonly #filter: PageFilter;
  readonly #say: (page: SharedPage) => boolean;
  #said = "";
  #lacks: PageLack[] = [];
  #rule: PageRule = "see_only";
  #path = "";
  #looked = 0;
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
    if (again || this.#path !== location.pathname || performance.now() - this.#looked > LOOK_EVERY_MS) {
      this.#looked = performance.now();
      this.#path = location.pathname;
      this.#rule = this.rule();
      this.#lacks = filter.lacks();
    }
    const page: SharedPage = {
      url: filter.scrubUrl(location.href).slice(0, URL_MAX),
      title: filter.scrubText(document.title).slice(0, TITLE_MAX).toWellFormed(),
      width: innerWidth,
      height: innerHeight,
      touch: matchMedia("(pointer: coarse)").matches,
      visible: !document.hidden,
      dark: matchMedia("(prefers-color-scheme: dark)").matches,
      rule: this.#rule,
      lacks: this.#lacks,
    };
    const now = toJson(page);
    if ((again || now !== this.#said) && this.#say(page)) this.#said = now;
  }

  stop(): void {
    clearTimeout(this.#soon);
  }
}

/** The page as it is told to the agent: scrubbed, when it has changed, with what may be done on it. */
import { toJson } from "../shared/json";
import type { PageLack, PageRule, SharedPage, ShareSettings } from "../shared/protocol";
import type { PageFilter } from "./contract";
import { pageRule } from "./rule";

const TELL_AFTER_MS = 200;
/** Characters: three bytes each at most, 512 on the wire. */
const TITLE_MAX = 170;
const URL_MAX = 2_048;
/** What cannot be shown changes slowly, and costs a walk over the page. */
const LACKS_AGE_MS = 2_000;

export class PageNow {
  readonly #settings: ShareSettings;
  readonly #filter: PageFilter;
  readonly #say: (page: SharedPage) => boolean;
  #said = "";
  #lacks: PageLack[] = [];
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
    if (again || performance.now() - this.#looked > LACKS_AGE_MS) {
      this.#looked = performance.now();
      this.#lacks = filter.lacks();
    }
    const page: SharedPage = {
      url: filter.scrubUrl(location.href).slice(0, URL_MAX),
      title: filter.scrubText(document.title).slice(0, TITLE_MAX).toWellFormed(),
      width: innerWidth,
      height: innerHeight,
      touch: matchMedia("(pointer: coarse)").matches,
      visible: !document.hidden,
      rule: this.rule(),
      lacks: this.#lacks,
    };
    const now = toJson(page);
    if ((again || now !== this.#said) && this.#say(page)) this.#said = now;
  }

  stop(): void {
    clearTimeout(this.#soon);
  }
}

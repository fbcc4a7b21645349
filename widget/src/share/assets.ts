/**
 * Style sheets, fonts and pictures of the page, by the SHA-256 of their bytes.
 *
 * A sheet travels as it was written, with our own addresses in it: the browser's text of its rules
 * loses parts. Everything is asked of the store by the visitor's browser, same origin only, and what
 * a sheet names only from its cache, so that sharing downloads nothing that the page did not need.
 *
 * Without `crypto.subtle` (a store on plain HTTP) nothing can be named: sheets travel as the text of
 * their rules, fonts and pictures are left out.
 */
import type {
  adoptedStyleSheetData,
  eventWithTime,
  incrementalData,
  styleDeclarationData,
  styleSheetRuleData,
} from "@rrweb/types";
import { isFragment, isPicture } from "../shared/allowed";
import { rewriteCss } from "../shared/css";
import type { Assets, NodeMirror } from "./contract";
import { type Fetched, fetcher, PREPARE_MS } from "./fetched";
import { ADOPTED, DECLARATION, INCREMENT, MUTATION } from "./kinds";
import type { Attributes } from "./strip";

/** Longer addresses of data become assets, or are left out. */
const DATA_LENGTH_MAX = 8 * 1024;
/** From here on the text of a style element is named by its hash too. */
const INLINE_LENGTH_MIN = 2 * 1024;
const NAMES_MAX = 2_000;
const WAITING_MAX = 1_000;

export interface Pictures {
  /** CSS with our own addresses. Those not known yet are written later, where `element` says where. */
  css(text: string, element?: Element, name?: string): string;
  /** What an image shows: our own address, or an empty picture of its size until there is one. */
  address(element: Element, name: string): string | undefined;
  blank(element: Element): string | undefined;
  /** Whether a style sheet selects on an attribute of that name. */
  selectsOn(name: string): boolean;
  sheet(link: HTMLLinkElement): Attributes;
  style(element: HTMLStyleElement, recorded: string): Attributes;
  rules(data: styleSheetRuleData | styleDeclarationData | adoptedStyleSheetData): incrementalData;
  /** Also to what loads inside of a shadow root or frame. */
  hear(root: EventTarget | null): void;
  lacksStyles(): boolean;
  /** Who says whether pictures of an element may be shown at all. */
  judge(shows: (element: Element) => boolean): void;
}

export interface PageAssets extends Assets, Pictures {
  /** Reads the sheets that the page has, for at most {@link PREPARE_MS}: before the first snapshot. */
  prepare(): Promise<void>;
  stop(): void;
}

type RulesData = styleSheetRuleData | styleDeclarationData | adoptedStyleSheetData;
type Changes = {
  attributes?: { id: number; attributes: Attributes }[];
  texts?: { id: number; value: string }[];
};

const addressOf = (hash: string) => `/cb/a/${hash}`;

/** `late` takes events that are fit to leave: what became known after its place was sent. */
export function pageAssets(
  doc: Document,
  mirror: NodeMirror,
  late: (event: eventWithTime) => void,
): PageAssets {
  const files: Fetched = fetcher(doc);
  const names = new Set<string>();
  const waiting = new Map<string, { element: Element; name: string }[]>();
  const inline = new WeakMap<Element, { source: string; hash?: string | undefined }>();
  const touched = new WeakSet<Element>();
  const told = new WeakMap<Element, string>();
  const stopping = new AbortController();
  let shows = (_: Element) => true;

  const learn = (css: string) => {
    for (const [, name] of css.matchAll(/\[\s*([\w-]+-[\w-]*)/g))
      if (name && names.size < NAMES_MAX) names.add(name.toLowerCase());
    return css;
  };

  const send = ({ attributes = [], texts = [] }: Changes) => {
    const data = { source: MUTATION, texts, attributes, removes: [], adds: [] };
    if (attributes.length + texts.length > 0 && !stopping.signal.aborted)
      late({ type: INCREMENT, data, timestamp: Date.now() } as eventWithTime);
  };
  const tell = (element: Element, attributes: Attributes) => {
    const id = mirror.getId(element);
    if (id > 0 && Object.keys(attributes).length && shows(element))
      send({ attributes: [{ id, attributes }] });
  };

  /** Its own address; undefined = not known yet, and told to `element` once it is. */
  const address = (url: string, element?: Element, name = "") => {
    if (isFragment(url)) return url;
    if (isPicture(url) && url.length <= DATA_LENGTH_MAX) return url;
    const full = absolute(url, doc.baseURI);
    if (!full) return undefined;
    const hash = files.hash(full);
    if (hash) return addressOf(hash);
    if (element && files.mayRead(full)) wait(full, element, name);
    return undefined;
  };

  const wait = (url: string, element: Element, name: string) => {
    const places = waiting.get(url) ?? [];
    if (!places.some((place) => place.element === element && place.name === name))
      places.push({ element, name });
    if (waiting.size < WAITING_MAX) waiting.set(url, places);
    if (places.length > 1) return;
    files.image(url, isNear(element)).then((hash) => {
      waiting.delete(url);
      if (hash) for (const place of places) tellAddress(place.element, place.name);
    });
  };

  const tellAddress = (element: Element, name: string) => {
    if (element.localName === "style") {
      for (const node of element.childNodes) {
        const id = mirror.getId(node);
        if (id > 0 && node.nodeValue) send({ texts: [{ id, value: css(node.nodeValue) }] });
      }
    } else if (name === "src") tell(element, { src: picture(element, name) ?? null });
    else tell(element, { [name]: css(element.getAttribute(name) ?? "") });
  };

  const css = (text: string, element?: Element, name?: string) =>
    rewriteCss(text, (raw) => address(raw, element, name));

  const blank = (element: Element) => {
    const { naturalWidth: width, naturalHeight: height } = element as HTMLImageElement;
    return width
      ? `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='${width}' height='${height}'/%3E`
      : undefined;
  };

  const picture = (element: Element, name: string) => {
    const { currentSrc, src, poster } = element as HTMLImageElement & HTMLVideoElement;
    const url = name === "poster" ? poster : currentSrc || src || element.getAttribute(name);
    if (!url || typeof url !== "string") return undefined;
    told.set(element, url);
    return address(url, element, name) ?? blank(element);
  };

  const rulesOf = (sheet: CSSStyleSheet | null) => {
    try {
      return [...(sheet?.cssRules ?? [])].map((rule) => rule.cssText).join("\n");
    } catch {
      return undefined;
    }
  };

  const rulesText = (link: HTMLLinkElement): Attributes => {
    const rules = rulesOf(link.sheet);
    return rules
      ? { _cssText: rewriteCss(learn(rules), (raw) => address(absolute(raw, link.href) ?? "")) }
      : {};
  };

  const sheet = (link: HTMLLinkElement): Attributes => {
    if (!/\bstylesheet\b/i.test(link.rel) || /\balternate\b/i.test(link.rel) || link.hasAttribute("disabled"))
      return told.delete(link) ? { _cssText: "" } : {};
    const { href } = link;
    if (touched.has(link) || !files.canName) return rulesText(link);
    told.set(link, href);
    const hash = files.hash(href);
    if (hash) return { _cssAsset: addressOf(hash) };
    read(link).then(() => {
      const ready = files.hash(href);
      if (told.get(link) !== href) return;
      tell(link, touched.has(link) || !ready ? rulesText(link) : { _cssAsset: addressOf(ready) });
    });
    return {};
  };

  const read = async (link: HTMLLinkElement) => {
    const text = await files.sheet(link.href, link.crossOrigin, learn);
    if (text === undefined) return;
    if (isChanged(link.sheet, text.source)) touched.add(link);
  };

  const style = (element: HTMLStyleElement, recorded: string): Attributes => {
    const source = element.textContent ?? "";
    const known = inline.get(element);
    if (known?.source !== source) {
      if (!source.trim() || isChanged(element.sheet, source))
        return { _cssText: css(learn(recorded), element) };
      inline.set(element, { source });
      learn(source);
    } else if (known.hash) return { _cssAsset: addressOf(known.hash) };
    const pieces = [...element.childNodes].map((node) => css(node.nodeValue ?? "", element));
    return { _cssText: pieces.join("/* rr_split */") };
  };

  /** Reads what a style element names, and names its own text where it is long. */
  const readStyle = async (element: HTMLStyleElement) => {
    const source = element.textContent ?? "";
    const text = await files.names(learn(source), doc.baseURI);
    if (source.length < INLINE_LENGTH_MIN || isChanged(element.sheet, source)) return;
    inline.set(element, { source, hash: await files.keep(new TextEncoder().encode(text)) });
  };

  const rules = (data: RulesData): incrementalData => {
    const owner = mirror.getNode(data.id ?? 0);
    if (owner) touched.add(owner as Element);
    const base = (owner as HTMLLinkElement | null)?.href ?? doc.baseURI;
    const text = (rule: string) => rewriteCss(learn(rule), (raw) => address(absolute(raw, base) ?? raw));
    if (data.source === DECLARATION) {
      const { source, id, styleId, index, set, remove } = data;
      return {
        ...defined({ source, id, styleId, index }),
        ...(set && {
          set: defined({
            property: text(set.property),
            value: text(set.value ?? ""),
            priority: set.priority,
          }),
        }),
        ...(remove && { remove: { property: remove.property } }),
      } as styleDeclarationData;
    }
    const added = (list?: { rule: string; index?: number | number[] }[]) =>
      list?.map(({ rule, index }) => defined({ rule: text(rule), index }));
    if (data.source === ADOPTED) {
      const { source, id, styleIds, styles } = data;
      const kept = styles?.map((one) => ({ styleId: one.styleId, rules: added(one.rules) }));
      return defined({ source, id, styleIds, styles: kept }) as adoptedStyleSheetData;
    }
    const { source, id, styleId, adds, removes, replace, replaceSync } = data;
    return defined({
      source,
      id,
      styleId,
      adds: added(adds),
      removes: removes?.map(({ index }) => ({ index })),
      replace: replace === undefined ? undefined : text(replace),
      replaceSync: replaceSync === undefined ? undefined : text(replaceSync),
    }) as styleSheetRuleData;
  };

  /** Fonts that came after the picture: the sheets that name them are other ones now. */
  const fontsCame = async () => {
    for (const link of doc.querySelectorAll<HTMLLinkElement>("link[rel~=stylesheet i]")) {
      const { href } = link;
      const before = files.hash(href);
      if (told.get(link) !== href || touched.has(link) || !before) continue;
      await files.again(href);
      const hash = files.hash(href);
      if (hash && hash !== before && told.get(link) === href) tell(link, { _cssAsset: addressOf(hash) });
    }
    for (const element of doc.querySelectorAll("style")) {
      const before = inline.get(element)?.hash;
      if (before) await readStyle(element);
      const hash = inline.get(element)?.hash;
      if (before && hash && hash !== before) tell(element, { _cssAsset: addressOf(hash) });
    }
  };

  const onLoad = ({ target }: Event) => {
    const element = target as Element;
    if (!(mirror.getId(element) > 0) || !shows(element)) return;
    if (element.localName === "img") {
      const { currentSrc, src } = element as HTMLImageElement;
      if (told.get(element) !== (currentSrc || src) || !files.hash(currentSrc)) tellAddress(element, "src");
    }
  };
  const { signal } = stopping;
  const hear = (root: EventTarget | null) =>
    root?.addEventListener("load", onLoad, { capture: true, signal });
  hear(doc);
  doc.fonts?.addEventListener("loadingdone", () => void fontsCame(), { signal });

  return {
    css,
    address: picture,
    blank,
    selectsOn: (name) => names.has(name.toLowerCase()),
    sheet,
    style,
    rules,
    hear,
    lacksStyles: () =>
      [...doc.styleSheets].some((one) => rulesOf(one) === undefined && !(one.href && files.hash(one.href))),
    judge(judge) {
      shows = judge;
    },
    take: files.take,
    bytes: files.bytes,
    async prepare() {
      if (!files.canName) return;
      const links = [...doc.querySelectorAll<HTMLLinkElement>("link[rel~=stylesheet i][href]")].map(read);
      const styles = [...doc.querySelectorAll("style")].map(readStyle);
      const enough = new Promise((done) => setTimeout(done, PREPARE_MS));
      await Promise.race([Promise.allSettled([...links, ...styles]), enough]);
    },
    stop() {
      stopping.abort();
      waiting.clear();
      files.stop();
    },
  };
}

/** Whether a script changed the rules: then the text that it was made of says nothing any more. */
function isChanged(sheet: CSSStyleSheet | null, source: string): boolean {
  try {
    if (!sheet) return false;
    const probe = new CSSStyleSheet();
    probe.replaceSync(source);
    const imports = [...sheet.cssRules].filter((rule) => "styleSheet" in rule).length;
    return sheet.cssRules.length !== probe.cssRules.length + imports;
  } catch {
    return false;
  }
}

function absolute(url: string, base: string): string | undefined {
  try {
    return new URL(url, base).href;
  } catch {
    return undefined;
  }
}

function isNear(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom >= 0 && top <= innerHeight;
}

/** Without what is not there: JSON would leave it out, the list of keys would not. */
function defined<T extends object>(all: T): T {
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value !== null),
  ) as T;
}

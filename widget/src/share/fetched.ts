/**
 * Files of the store as the visitor's browser has them, kept by the hash of their bytes.
 *
 * Same origin only, but for a sheet that the page itself loads with `crossorigin`. Everything is
 * bounded, fails to nothing, and is forgotten at the end of the share.
 */
import { isFragment, isPicture } from "../shared/allowed";
import { rewriteCss } from "../shared/css";

/** The first snapshot waits so long for style sheets. */
export const PREPARE_MS = 1_200;
const FETCH_MS = 8_000;
const SHEETS_MAX = 32;
const SHEETS_BYTES_MAX = 4 * 1024 * 1024;
const IMPORT_DEPTH_MAX = 5;
const FONT_BYTES_MAX = 300_000;
const IMAGE_BYTES_MAX = 1_000_000;
const KEPT_BYTES_MAX = 24 * 1024 * 1024;
const FILES_MAX = 400;
const SIDE_BY_SIDE_MAX = 4;
const IS_FONT = /\.(?:woff2?|[to]tf|eot)(?:[?#]|$)/i;

export interface Sheet {
  /** As it was written. */
  source: string;
  /** With our own addresses for what the browser has by now, imports in their places. */
  text(): Promise<string>;
}

export interface Fetched {
  readonly canName: boolean;
  /** The hash of a file, or of a sheet, that was read. */
  hash(url: string): string | undefined;
  mayRead(url: string): boolean;
  image(url: string, near: boolean): Promise<string | undefined>;
  sheet(url: string, cors: string | null, learn: (css: string) => void): Promise<Sheet | undefined>;
  /** Names a sheet that was read anew, where what it names has come since. */
  again(url: string): Promise<void>;
  /** The text with our own addresses for what it names, as far as the browser has that. */
  names(css: string, base: string): Promise<string>;
  keep(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined>;
  take(): string[];
  bytes(hash: string): Promise<Uint8Array | undefined>;
  stop(): void;
}

export function fetcher(doc: Document): Fetched {
  const { origin } = doc.defaultView?.location ?? { origin: "" };
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  const stopping = new AbortController();
  const kept = new Map<string, Uint8Array>();
  const hashes = new Map<string, string>();
  const reading = new Map<string, Promise<string | undefined>>();
  const sheets = new Map<string, Promise<Sheet | undefined>>();
  const queue: (() => void)[] = [];
  let fresh: string[] = [];
  let running = 0;
  let bytesKept = 0;
  let sheetBytes = 0;

  const keep = async (bytes: Uint8Array<ArrayBuffer>) => {
    if (!subtle || kept.size >= FILES_MAX) return undefined;
    const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
    const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (kept.has(hash)) return hash;
    if (bytesKept + bytes.length > KEPT_BYTES_MAX || stopping.signal.aborted) return undefined;
    bytesKept += bytes.length;
    kept.set(hash, bytes);
    fresh.push(hash);
    return hash;
  };

  const mayRead = (url: string) => !!subtle && (url.startsWith(`${origin}/`) || /^(?:data|blob):/.test(url));

  const load = async (url: string, init: RequestInit) => {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(FETCH_MS)]);
    const answer = await fetch(url, { credentials: "same-origin", signal, ...init });
    return answer.ok ? answer : undefined;
  };

  const file = (url: string, cache: RequestCache) => {
    const known = reading.get(url);
    if (known) return known;
    const mode = /^(?:data|blob):/.test(url) ? "cors" : "same-origin";
    const promise = load(url, { mode, cache: mode === "cors" ? "default" : cache })
      .then(async (answer) => {
        const most = IS_FONT.test(url) ? FONT_BYTES_MAX : IMAGE_BYTES_MAX;
        if (!answer || Number(answer.headers.get("content-length")) > most) return undefined;
        const bytes = new Uint8Array(await answer.arrayBuffer());
        const hash = bytes.length && bytes.length <= most ? await keep(bytes) : undefined;
        if (hash) hashes.set(url, hash);
        return hash;
      })
      .catch(() => undefined);
    if (reading.size < FILES_MAX * 2) reading.set(url, promise);
    // What the cache does not have today it may have at the next look.
    promise.then((hash) => hash || cache !== "only-if-cached" || reading.delete(url));
    return promise;
  };

  /** What is in view goes before the rest; few at a time. */
  const image = (url: string, near: boolean) =>
    new Promise<string | undefined>((done) => {
      const go = () => {
        running++;
        file(url, "force-cache").then((hash) => {
          running--;
          done(hash);
          queue.shift()?.();
        });
      };
      if (running < SIDE_BY_SIDE_MAX) go();
      else if (queue.length > FILES_MAX) done(undefined);
      else near ? queue.unshift(go) : queue.push(go);
    });

  const absolute = (raw: string, base: string) => (URL.canParse(raw, base) ? new URL(raw, base).href : "");
  const own = (raw: string, base: string) => {
    if (isFragment(raw) || isPicture(raw)) return raw;
    const hash = hashes.get(absolute(raw, base));
    return hash && `/cb/a/${hash}`;
  };

  const names = async (css: string, base: string) => {
    const urls = new Set<string>();
    rewriteCss(css, (raw) => {
      const url = isFragment(raw) || isPicture(raw) ? "" : absolute(raw, base);
      if (mayRead(url)) urls.add(url);
      return undefined;
    });
    await Promise.all([...urls].slice(0, FILES_MAX).map((url) => file(url, "only-if-cached")));
    return rewriteCss(css, (raw) => own(raw, base));
  };

  const readSheet = async (
    url: string,
    cors: string | null,
    learn: (css: string) => void,
    depth: number,
  ): Promise<Sheet | undefined> => {
    if (sheets.size >= SHEETS_MAX || depth > IMPORT_DEPTH_MAX) return undefined;
    if (!url.startsWith(`${origin}/`) && cors === null) return undefined;
    const mode = cors === null ? "same-origin" : "cors";
    const credentials = cors === "use-credentials" ? "include" : "same-origin";
    const answer = await load(url, { cache: "force-cache", mode, credentials });
    const source = (await answer?.text()) ?? "";
    sheetBytes += source.length;
    if (!answer || sheetBytes > SHEETS_BYTES_MAX) return undefined;
    learn(source);
    const base = answer.url || url;
    const imports = new Map<string, Sheet | undefined>();
    rewriteCss(
      source,
      () => undefined,
      (raw) => imports.set(absolute(raw, base), undefined) && "",
    );
    for (const one of imports.keys()) imports.set(one, await sheet(one, cors, learn, depth + 1));
    const text = async () => {
      await names(source, base);
      const inner = new Map<string, string>();
      for (const [one, read] of imports) inner.set(one, (await read?.text()) ?? "");
      return rewriteCss(
        source,
        (raw) => own(raw, base),
        (raw, conditions) => inlined(inner.get(absolute(raw, base)) ?? "", conditions),
      );
    };
    if (depth === 0) await name(url, text);
    return { source, text };
  };

  const name = async (url: string, text: Sheet["text"]) => {
    const hash = await keep(new TextEncoder().encode(await text()));
    if (hash) hashes.set(url, hash);
  };

  const sheet = (url: string, cors: string | null, learn: (css: string) => void, depth = 0) => {
    const key = `${depth ? "in " : ""}${url}`;
    const known = sheets.get(key);
    if (known) return known;
    const promise = readSheet(url, cors, learn, depth).catch(() => undefined);
    sheets.set(key, promise);
    return promise;
  };

  return {
    canName: !!subtle,
    hash: (url) => hashes.get(url),
    mayRead,
    image,
    sheet: (url, cors, learn) => sheet(url, cors, learn),
    async again(url) {
      const known = await sheets.get(url);
      if (known) await name(url, known.text);
    },
    names,
    keep,
    take() {
      const offered = fresh;
      fresh = [];
      return offered;
    },
    bytes: async (hash) => kept.get(hash),
    stop() {
      stopping.abort();
      queue.length = 0;
      for (const map of [kept, hashes, reading, sheets]) map.clear();
    },
  };
}

/** One rule in the place of the import's one: changes by script count rules. */
function inlined(text: string, conditions: string): string {
  const [, layer, layered, supports, media = ""] =
    /^\s*(layer(?:\(([^()]*)\))?)?\s*(?:supports\(((?:[^()]|\([^()]*\))*)\))?\s*([\s\S]*)$/i.exec(
      conditions,
    ) ?? [];
  if (/[{}]/.test(conditions)) return "";
  let css = `@media ${media.trim() || "all"}{${text}}`;
  if (supports) css = `@supports (${supports}){${css}}`;
  if (layer) css = `@layer ${layered ?? ""}{${css}}`;
  return css;
}

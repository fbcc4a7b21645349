/**
 * Addresses as they may be told to an agent: no fragment, no values of a query, no tokens.
 *
 * Only for showing where the page is. Addresses inside the picture never travel (strip.ts).
 */

const KEYS_MAX = 8;
const SHORTENED = "...";
const LOOKS_RANDOM = [
  /^[\da-f]{12,}$/i,
  /^\d{16,}$/,
  /(?=.*\d)(?=.*[a-z])^\w{12,}$/i,
  /([a-z\d][A-Z]+.*){4}/,
  /@|%40/,
];

/** A word that nobody would write: an identifier, a key, an e-mail address. */
const looksRandom = (word: string): boolean =>
  word.length > 60 ||
  LOOKS_RANDOM.some((pattern) => pattern.test(word)) ||
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(word) ||
  word.split(/[-.~]/).some((part) => part !== word && looksRandom(part));

/** Without fragment, user, values of the query and tokens; "" for what is no page of the web. */
export function scrubUrl(url: string, base?: string): string {
  try {
    const { protocol, origin, pathname, searchParams } = new URL(url, base);
    if (!/^https?:$/.test(protocol)) return "";
    const short = (word: string) => (looksRandom(word) ? SHORTENED : word);
    const keys = [...new Set(searchParams.keys())]
      .slice(0, KEYS_MAX)
      .map((key) => `${encodeURIComponent(short(key))}=`);
    return origin + pathname.split("/").map(short).join("/") + (keys.length ? `?${keys.join("&")}` : "");
  } catch {
    return "";
  }
}

/**
 * CSS read token by token, so that nothing in it can ask for an address that was not given back.
 *
 * One reading for the page, which writes our own addresses in, and for the console, which lets only
 * those through. What comes out is well-formed: strings are closed and comments empty, so that two
 * texts put one after the other never make a token that neither of them had.
 */

const NEWLINE = "(?:\\r\\n|[ \\t\\n\\r\\f])";
const TOKEN = new RegExp(
  [
    "/\\*[\\s\\S]*?(?:\\*/|$)",
    "([\"'])((?:\\\\[\\s\\S]|(?!\\1)[^\\\\\\n\\r\\f])*)\\1?",
    `[@#]?(?:[-\\w\\u0080-\\uffff]|\\\\(?:[\\da-fA-F]{1,6}${NEWLINE}?|[^\\n\\r\\f]))+\\(?`,
    "[\\s\\S]",
  ].join("|"),
  "g",
);
const QUOTED = /\s*(["'])((?:\\[\s\S]|(?!\1)[^\\\n\r\f])*)\1[^)]*\)?/y;
const BARE = /((?:\\[\s\S]|[^)\\])*)\)?/y;
const ESCAPE = /\\(?:([\da-f]{1,6})(?:\r\n|\s)?|(\r\n|[\s\S]))/gi;
/** Its strings are addresses, and a variable or function in it could bring one from elsewhere. */
const IMAGE_SET = /^(?:-webkit-)?image-set\($/;
const IN_IMAGE_SET = /^(?:url|type|calc|.*gradient)\($/;
/** Functions that fetch what a string or a script says. */
const NO_FUNCTION = /^(?:src|image|expression)\($/;

/** Instead of an address that is not given: fetches nothing. */
const NO_ADDRESS = "data:,";

const plain = (text: string) =>
  text.replace(ESCAPE, (_, hex: string | undefined, other: string) => {
    if (!hex) return /[\n\r\f]/.test(other) ? "" : other;
    const code = Number.parseInt(hex, 16);
    return String.fromCodePoint(code > 0x10ffff ? 0xfffd : code);
  });

const quoted = (address = NO_ADDRESS) =>
  `url("${address.replace(/[\n\r\f]/g, "").replace(/["\\]/g, "\\$&")}")`;

/**
 * The same CSS with each address as `address` gives it back, {@link NO_ADDRESS} where it gives none.
 * `imported` gives the text that stands for an `@import`; without it there is none.
 */
export function rewriteCss(
  css: string,
  address: (raw: string) => string | undefined,
  imported?: (raw: string, conditions: string) => string,
): string {
  const token = new RegExp(TOKEN);
  let out = "";
  let from = 0;
  let depth = 0;
  /** How deep we stood where an image set began; 0 = in none. */
  let set = 0;
  let before = "";
  const at = (pattern: RegExp) => {
    pattern.lastIndex = token.lastIndex;
    const found = pattern.exec(css);
    if (found) token.lastIndex = pattern.lastIndex;
    return found;
  };
  for (let found = token.exec(css); found; found = token.exec(css)) {
    const [all, quote, body = ""] = found;
    const { index } = found;
    let put: string | undefined;
    if (all.startsWith("/*")) put = "/**/";
    else if (quote) put = set && before !== "type(" ? quoted(address(plain(body))) : quote + body + quote;
    else if (all.endsWith("(")) {
      const name = plain(all).toLowerCase();
      if (name === "url(") {
        const string = at(QUOTED);
        put = quoted(address(plain(string?.[2] ?? at(BARE)?.[1] ?? "").trim()));
      } else {
        depth++;
        if (NO_FUNCTION.test(name) || (set && !IN_IMAGE_SET.test(name))) put = "x(";
        if (!set && IMAGE_SET.test(name)) set = depth;
      }
    } else if (all === ")") {
      if (depth === set) set = 0;
      if (depth) depth--;
    } else if (all[0] === "@" && /^@(?:import|namespace|charset)$/i.test(plain(all))) {
      put = atRule(token, css, plain(all), imported);
    } else if (/^(?:-moz-binding|behavior)$/i.test(plain(all)) && /^[{;]?$/.test(before)) put = "x";
    if (put !== undefined && put !== css.slice(index, token.lastIndex)) {
      out += css.slice(from, index) + put;
      from = token.lastIndex;
    }
    if (all.trim() && !all.startsWith("/*")) before = all;
  }
  return out + css.slice(from);
}

/** What stands for a rule that names another sheet: the reading goes on behind its semicolon. */
function atRule(token: RegExp, css: string, name: string, imported?: (raw: string, rest: string) => string) {
  const start = token.lastIndex;
  let end = start;
  for (let found = token.exec(css); found && found[0] !== "}"; found = token.exec(css)) {
    end = token.lastIndex;
    if (found[0] === ";") break;
  }
  token.lastIndex = end;
  const rule = css.slice(start, end).replace(/;$/, "").trim();
  const told = /^(?:url\(\s*)?(["']?)([\s\S]*?)\1\s*(?:\)|(?=\s|$))([\s\S]*)$/i.exec(rule);
  return /^@import$/i.test(name) && imported && told?.[2] ? imported(plain(told[2]), told[3] ?? "") : "";
}

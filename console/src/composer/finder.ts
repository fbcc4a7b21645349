/** Where in the text a product is being looked for: the words after a `#` that begins a word. Pure. */

/** More words than these after a `#` are a sentence, not a search. */
const WORDS_MAX = 6;

export interface Finder {
  /** Where the `#` stands. */
  from: number;
  /** Where the caret stands. */
  to: number;
  query: string;
}

export function finderAt(text: string, caret: number): Finder | undefined {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf("#");
  if (from < 0 || (from > 0 && !/\s/.test(before.charAt(from - 1)))) return undefined;
  const query = before.slice(from + 1);
  if (query.includes("\n") || query.startsWith(" ") || query.split(/\s+/).length > WORDS_MAX)
    return undefined;
  return { from, to: caret, query };
}

export function withoutFinder(text: string, finder: Finder): string {
  return text.slice(0, finder.from) + text.slice(finder.to);
}

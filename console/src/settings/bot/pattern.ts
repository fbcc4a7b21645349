/** A pattern out of one example, for those who write no regular expressions. Pure. */

/** `AT-20417` is `AT-\d{5}`: digits may be any, everything else stays as it is. */
export function patternFrom(example: string): string {
  return example
    .trim()
    .replace(/\d+|[^\d\p{L}]/gu, (part) => (/\d/.test(part) ? `\\d{${part.length}}` : escaped(part)));
}

function escaped(sign: string): string {
  return /[\\^$.|?*+()[\]{}]/.test(sign) ? `\\${sign}` : sign;
}

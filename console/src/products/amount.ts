/** A price as an agent types it, with a dot or a comma, to minor units. Pure. */

/** Undefined: empty. `bad`: not an amount. */
export function amountOf(text: string, decimals: number): number | "bad" | undefined {
  const bare = text.replaceAll(/[\s\u00a0\u202f]|[\p{Sc}]|[A-Z]{3}/gu, "");
  if (bare === "") return undefined;
  const match = /^(\d{1,9})(?:[.,](\d*))?$/.exec(bare);
  if (!match) return "bad";
  const [, whole = "0", part = ""] = match;
  if (part.length > decimals && /[1-9]/.test(part.slice(decimals))) return "bad";
  return Number(whole) * 10 ** decimals + Number(part.slice(0, decimals).padEnd(decimals, "0") || 0);
}

/** For a field: `12.5` as people write it, without a currency. */
export function amountText(minor: number | undefined, decimals: number, lang: string): string {
  if (minor === undefined) return "";
  const format = new Intl.NumberFormat(lang, { useGrouping: false, maximumFractionDigits: decimals });
  return format.format(minor / 10 ** decimals);
}

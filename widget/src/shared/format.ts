/**
 * Money, durations and sizes as a language writes them, all by `Intl`; dates are dates.ts's.
 *
 * French then has its narrow no-break space in thousands and a no-break space
 * before the euro sign without our help. Formatters are kept: making one is slow.
 */
import type { Money } from "./protocol";

export * from "./dates";

const kept = new Map<string, Intl.NumberFormat>();

function number(lang: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = lang + JSON.stringify(options);
  const format = kept.get(key) ?? new Intl.NumberFormat(lang, options);
  kept.set(key, format);
  return format;
}

/** Minor units of a currency, in words: `249,00 €`. Whole amounts keep their decimals, as price tags do. */
export function money(amount: Money, lang: string): string {
  const value = amount.minor / 10 ** amount.decimals;
  const digits = { minimumFractionDigits: amount.decimals, maximumFractionDigits: amount.decimals };
  try {
    return number(lang, { style: "currency", currency: amount.currency, ...digits }).format(value);
  } catch {
    return `${number(lang, digits).format(value)} ${amount.currency}`;
  }
}

/** A file's size: `0.2 kB`, `214 kB`, `1.4 MB`, with the unit as the language writes it (`214 ko`). */
export function bytes(count: number, lang: string): string {
  const kilobytes = count / 1_000;
  const [value, unit] =
    count < 1_000_000
      ? ([kilobytes < 1 ? kilobytes : Math.round(kilobytes), "kilobyte"] as const)
      : ([count / 1_000_000, "megabyte"] as const);
  return number(lang, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 1 }).format(value);
}

/** A wait in its two largest units or less: `45 s`, `3 min`, `2 h 05`-like by `Intl` units. */
export function duration(seconds: number, lang: string): string {
  const whole = Math.max(0, Math.floor(seconds));
  const unit = (value: number, name: "second" | "minute" | "hour" | "day") =>
    number(lang, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  if (whole < 60) return unit(whole, "second");
  if (whole < 3_600) return unit(Math.floor(whole / 60), "minute");
  if (whole < 86_400) {
    const minutes = Math.floor((whole % 3_600) / 60);
    return minutes === 0
      ? unit(Math.floor(whole / 3_600), "hour")
      : `${unit(Math.floor(whole / 3_600), "hour")} ${unit(minutes, "minute")}`;
  }
  return unit(Math.floor(whole / 86_400), "day");
}

/**
 * A merchant's colour made safe: whatever it is, text on it and of it can be read.
 *
 * As a surface it stays as given (in the dark lightened until it stands out)
 * and takes pure black or white, whichever is better: never under 4.58. Where it
 * is itself text, border or focus ring it is shifted until 4.5 or 3 (WCAG 2.2).
 */

export type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** The surfaces of tokens.css that accents stand on. */
const LIGHT = { surface: WHITE, bg: [246, 247, 249], end: BLACK, soft: 0.12, standsOut: 1 } as const;
const DARK = { surface: [23, 29, 40], bg: [15, 19, 27], end: WHITE, soft: 0.3, standsOut: 3 } as const;

export interface AccentTokens {
  accent: Rgb;
  onAccent: Rgb;
  /** A tint for quiet buttons. */
  soft: Rgb;
  onSoft: Rgb;
  /** The colour as text and as border. */
  strong: Rgb;
}

export function accentTokens(colour: Rgb, theme: "light" | "dark"): AccentTokens {
  const { surface, bg, end, soft: part, standsOut } = theme === "light" ? LIGHT : DARK;
  const accent = shifted(colour, end, (one) => contrast(one, surface) >= standsOut);
  const soft = mixed(surface, accent, part);
  const readable = (ratio: number, ...grounds: Rgb[]) =>
    shifted(accent, end, (one) => grounds.every((ground) => contrast(one, ground) >= ratio));
  return {
    accent,
    onAccent: textOn(accent),
    soft,
    onSoft: readable(7, soft),
    strong: readable(4.5, surface, bg, soft),
  };
}

/** The accent tokens of both themes as declarations for `.root`. */
export function accentCss(colour: Rgb): string {
  const light = accentTokens(colour, "light");
  const dark = accentTokens(colour, "dark");
  const both = (name: keyof AccentTokens) => `light-dark(rgb(${light[name]}),rgb(${dark[name]}))`;
  return (
    `.root{--accent:${both("accent")};--on-accent:${both("onAccent")};--accent-soft:${both("soft")};` +
    `--on-accent-soft:${both("onSoft")};--accent-strong:${both("strong")}}`
  );
}

/** Black or white, whichever reads better. */
export function textOn(ground: Rgb): Rgb {
  return contrast(BLACK, ground) > contrast(WHITE, ground) ? BLACK : WHITE;
}

export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Relative luminance, 0 for black to 1 for white. */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function rgbOf(hex: string): Rgb | undefined {
  const [, red, green, blue] = /^#(\w\w)(\w\w)(\w\w)$/.exec(hex) ?? [];
  if (!red || !green || !blue) return undefined;
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

/** Towards an end in small steps until it is good; the end itself always is. */
function shifted(colour: Rgb, end: Rgb, good: (one: Rgb) => boolean): Rgb {
  for (let part = 0; part < 1; part += 0.04) {
    const one = mixed(colour, end, part);
    if (good(one)) return one;
  }
  return end;
}

function mixed(one: Rgb, other: Rgb, part: number): Rgb {
  const channel = (index: 0 | 1 | 2) => Math.round(one[index] + (other[index] - one[index]) * part);
  return [channel(0), channel(1), channel(2)];
}

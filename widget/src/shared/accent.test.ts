/** Any merchant colour reads well in both themes: a thousand of them, and the extremes. */
import { expect, test } from "vitest";
import { accentTokens, contrast, type Rgb, rgbOf } from "./accent";

const SURFACES: Record<"light" | "dark", Rgb[]> = {
  light: [
    [255, 255, 255],
    [246, 247, 249],
  ],
  dark: [
    [23, 29, 40],
    [15, 19, 27],
  ],
};

/** The same thousand each time: mulberry32. */
function accents(count: number): Rgb[] {
  let state = 20_261_126;
  const byte = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % 256;
  };
  return Array.from({ length: count }, () => [byte(), byte(), byte()] as const);
}

const extremes = ["#000000", "#ffffff", "#ffff00", "#0000ff", "#777777", "#1f4ed8"].map(
  (hex) => rgbOf(hex) as Rgb,
);

test.each(["light", "dark"] as const)("any accent reads well in the %s theme", (theme) => {
  for (const colour of [...extremes, ...accents(1_000)]) {
    const { accent, onAccent, soft, onSoft, strong } = accentTokens(colour, theme);
    expect(contrast(onAccent, accent), `text on ${colour}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(onSoft, soft), `text on the tint of ${colour}`).toBeGreaterThanOrEqual(4.5);
    for (const ground of [...(SURFACES[theme] ?? []), soft])
      expect(contrast(strong, ground), `${colour} as text on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
});

test("in the light a merchant's colour stays exactly as given", () => {
  expect(accentTokens([255, 230, 0], "light").accent).toEqual([255, 230, 0]);
});

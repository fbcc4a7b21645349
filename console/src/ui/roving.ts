/** Things in a row or a column that are one stop of the Tab key: where arrows, Home and End lead among them. */

const ARROWS = { row: ["ArrowRight", "ArrowLeft"], column: ["ArrowDown", "ArrowUp"] } as const;

/** The place to go to from `at`, around the ends; nothing for other keys. */
export function roved(
  key: string,
  at: number,
  count: number,
  along: keyof typeof ARROWS,
): number | undefined {
  const [next, before] = ARROWS[along];
  switch (key) {
    case next:
      return (at + 1) % count;
    case before:
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** Lists to choose from: no two entries alike, and the chosen one is there. */
import { describe, expect, it } from "vitest";
import { hasTwins, toldApart, withChosen } from "./choices";

describe("choices", () => {
  const lamps = [
    { value: "L1", words: "Lamp" },
    { value: "L2", words: "Lamp" },
    { value: "R1", words: "Rug" },
  ];

  it("no two of them read the same", () => {
    const apart = toldApart(lamps, ({ value, words }) => `${words} (${value})`);
    expect(apart.map((one) => one.words)).toEqual(["Lamp (L1)", "Lamp (L2)", "Rug"]);
    expect([hasTwins(lamps), hasTwins(apart)]).toEqual([true, false]);
  });

  it("what is chosen stays when the period has none of it", () => {
    const [rug] = lamps.slice(2);
    expect(withChosen(lamps.slice(0, 2), "R1", lamps)).toEqual([lamps[0], lamps[1], rug]);
    expect(withChosen(lamps, "R1", [])).toEqual(lamps);
    expect(withChosen([], "", lamps)).toEqual([]);
    expect(withChosen([], "X9", [])).toEqual([{ value: "X9", words: "X9" }]);
  });
});

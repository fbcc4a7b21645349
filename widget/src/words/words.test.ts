/** The widget's words are complete in each language. */
import { expect, test } from "vitest";
import { differences } from "../shared/words";
import sharedEn from "../shared/words/en.json";
import cartEn from "./cart.en.json";
import cartFr from "./cart.fr.json";
import en from "./en.json";
import fr from "./fr.json";
import rateEn from "./rate.en.json";
import rateFr from "./rate.fr.json";
import shareEn from "./share.en.json";
import shareFr from "./share.fr.json";

test("the widget speaks French with every key and placeholder of the English words", () => {
  expect(differences(en, fr)).toEqual([]);
  expect(differences(cartEn, cartFr)).toEqual([]);
  expect(differences(rateEn, rateFr)).toEqual([]);
  expect(differences(shareEn, shareFr)).toEqual([]);
});

test("the widget's own keys hide none of the shared ones", () => {
  expect(Object.keys(en).filter((key) => key in sharedEn)).toEqual([]);
});

test("French puts a no-break space before its two-part punctuation", () => {
  const texts = Object.values({ ...fr, ...cartFr, ...rateFr, ...shareFr }).flatMap((phrase) =>
    typeof phrase === "string" ? [phrase] : Object.values(phrase),
  );
  expect(texts.filter((text) => / [:;!?%»]/.test(text))).toEqual([]);
});

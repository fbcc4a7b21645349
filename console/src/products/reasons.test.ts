/**
 * Why a product is suggested, as a sentence of each language.
 *
 * @vitest-environment jsdom
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { Constraint, Reason, Suggestion } from "../shared";
import { type Lang, learn, speak } from "../words";
import { productWords } from "../words/products";
import { brokenWords, constraintWords, whyWords } from "./reasons";

const euros = (minor: number) => ({ minor, currency: "EUR", decimals: 2 });
const under50: Constraint = { type: "price", most: euros(5_000), said: "moins de 50 euros" };
const blue: Constraint = { type: "attribute", name: "Couleur", value: "bleu", not: false, said: "bleue" };
const meets = (constraint: Constraint): Reason => ({ type: "meets", constraint });

function suggestion(reasons: Reason[], parts: Partial<Suggestion> = {}): Suggestion {
  const card = { product: "mug", title: "Mug", availability: "in_stock" as const, price: euros(2_400) };
  return { hit: { card, variants: 1 }, reasons, breaks: [], ...parts };
}

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

async function in_(lang: Lang): Promise<void> {
  await learn(productWords);
  await speak(lang);
}

describe("in French", () => {
  beforeAll(() => in_("fr"));

  test("wishes that are met come one after the other", () => {
    const why = whyWords(suggestion([meets(blue), meets(under50), { type: "in_stock" }]), undefined);
    expect(plain(why)).toBe("bleu, moins de 50,00 €, en stock");
  });

  test("what goes with the product of the page says so without its name, with another's by name", () => {
    const reason: Reason = { type: "goes_with_by_feed", product: "lamp", title: "Lampe Ebba" };
    const page = { product: "lamp", title: "Lampe Ebba", availability: "in_stock" as const };
    expect(whyWords(suggestion([reason]), page)).toBe("va avec le produit de la page, selon la boutique");
    expect(plain(whyWords(suggestion([reason]), undefined))).toBe(
      "va avec « Lampe Ebba », selon la boutique",
    );
  });

  test("what a nearest product breaks is said", () => {
    expect(plain(brokenWords(suggestion([], { breaks: [under50] })))).toBe(
      "ne respecte pas : moins de 50,00 €",
    );
    expect(brokenWords(suggestion([]))).toBe("");
  });
});

describe("in English", () => {
  beforeAll(() => in_("en"));

  test.each<[Constraint, number, string]>([
    [under50, 2_400, "under €50.00"],
    [under50, 5_000, "€50.00 at most"],
    [{ type: "price", least: euros(2_000), said: "" }, 2_400, "over €20.00"],
    [{ type: "price", least: euros(2_000), most: euros(4_000), said: "" }, 2_400, "€20.00 to €40.00"],
    [{ ...blue, not: true }, 2_400, "not bleu"],
    [{ type: "in_stock", said: "available" }, 2_400, "in stock"],
    [{ type: "other_currency", said: "$50" }, 2_400, "“$50”: another currency, not converted"],
  ])("%o met by a price of %i reads %s", (constraint, minor, words) => {
    expect(constraintWords(constraint, euros(minor))).toBe(words);
  });

  test("every kind of reason has its words, and the same fact is said once", () => {
    const other = { product: "lamp", title: "Lamp" };
    const all: Reason[] = [
      { type: "words", words: ["mug", "blue"] },
      meets({ type: "in_stock", said: "in stock" }),
      { type: "in_stock" },
      { type: "similar_by_feed", ...other },
      { type: "similar_to_page", ...other },
      { type: "goes_with_by_feed", ...other },
      { type: "goes_with_page", ...other },
      { type: "in_category", name: "Mugs" },
      { type: "on_page" },
    ];
    expect(whyWords(suggestion(all), undefined)).toBe(
      "matches “mug” “blue”, in stock, similar to “Lamp”, says the shop, same kind as “Lamp”, " +
        "goes with “Lamp”, says the shop, same department as “Lamp”, in Mugs, which the visitor looks at, " +
        "on the visitor’s page",
    );
  });
});

/** What a talk with the draft assumes, says of itself, and is kept as. */
import { expect, test } from "vitest";
import type { BotPreview, BotWhy, HoursDefinition, PreviewInput, PreviewTurn } from "../../../shared";
import { definitionOf, faqOf } from "../../understood/fixtures";
import { buttonsBefore, expectationsOf, expectedOf, saidAt, testOf } from "./expect";
import { isOpenAt, localTime, momentOf } from "./moments";
import { quoted, rungOf, verdictOf } from "./why";

const hours: HoursDefinition = {
  days: { mon: ["09:30-12:30", "13:30-18:00"], tue: ["09:30-12:30"] },
  closed: ["12-25", "2027-05-14"],
  special: { "2026-12-25": ["10:00-11:00"], "2026-11-30": [] },
};
const faq = [faqOf("delai", "Délai", ["Quand ?"]), faqOf("retours", "Retours", ["Renvoyer ?"])];
const shop = definitionOf(faq, { hours });
/** So many hours of UTC on the 23rd of November 2026, a Monday; the shop is an hour ahead. */
const monday = (hour: number, minute = 0) => new Date(Date.UTC(2026, 10, 23, hour, minute));

test("an open moment is now where the shop is open, else a while after it opens next", () => {
  const cases: [Date, string][] = [
    [monday(9), "2026-11-23T10:00"],
    [monday(11, 45), "2026-11-23T14:00"],
    [monday(18), "2026-11-24T10:00"],
    // Tuesday afternoon: the Monday after is closed for once, so the Tuesday.
    [new Date(Date.UTC(2026, 10, 24, 15)), "2026-12-01T10:00"],
  ];
  for (const [now, expected] of cases) expect(momentOf(shop, "open", now)).toBe(expected);
});

test("a closed moment is now where the shop is closed, else this evening", () => {
  expect(momentOf(shop, "closed", monday(11, 45))).toBe("2026-11-23T12:45");
  expect(momentOf(shop, "closed", monday(9))).toBe("2026-11-23T22:00");
  const night = definitionOf([], {
    hours: { ...hours, days: { mon: ["08:00-24:00"], tue: ["00:00-24:00"] } },
  });
  expect(momentOf(night, "closed", monday(9))).toBe("2026-11-25T22:00");
});

test("a shop without hours is never closed, and one that never opens is never open", () => {
  expect(momentOf(definitionOf([]), "closed", monday(9))).toBeUndefined();
  expect(momentOf(definitionOf([]), "open", monday(9))).toBe("2026-11-23T10:00");
  const shut = definitionOf([], { hours: { days: {}, closed: [], special: {} } });
  expect(momentOf(shut, "open", monday(9))).toBeUndefined();
  const odd = definitionOf([], {
    hours: { days: { mon: ["nine to five", "18:00-09:00"] }, closed: [], special: {} },
  });
  expect(momentOf(odd, "open", monday(9))).toBeUndefined();
});

test("a special day replaces hours and beats closed days, also those of every year", () => {
  expect(isOpenAt(hours, "2026-12-25", 10 * 60)).toBe(true);
  expect(isOpenAt(hours, "2026-12-25", 11 * 60)).toBe(false);
  expect(isOpenAt(hours, "2028-12-25", 10 * 60)).toBe(false);
  expect(isOpenAt(hours, "2026-11-30", 10 * 60)).toBe(false);
});

test("the time at the shop is that of its zone, and the browser's where the zone is none", () => {
  expect(localTime(monday(23, 5), "Europe/Paris")).toBe("2026-11-24T00:05");
  expect(localTime(monday(23, 5), "Nowhere/Never")).toMatch(/^2026-11-2\dT\d\d:\d5$/);
});

const why = (parts: Partial<BotWhy>): BotWhy => ({ rung: "faq", version: 1, because: "", ...parts });

test("what is expected is what the bot did", () => {
  const cases: [PreviewTurn, string][] = [
    [{ why: why({ answered: "delai" }) }, "faq:delai"],
    [{ why: why({ rung: "button", answered: "delai" }) }, "faq:delai"],
    [{ why: why({ rung: "suggest", suggested: ["retours", "delai"] }) }, "suggest:retours"],
    [{ why: why({ rung: "keyword" }) }, "@handoff"],
    [{ why: why({ rung: "field" }), outcome: "waiting" }, "@handoff"],
    [{ why: why({ rung: "field" }), outcome: "message_left" }, "@leave_message"],
    [{ why: why({ rung: "products" }) }, "@products"],
    [{ why: why({ rung: "button" }), turn: { say: ["Bonjour"] } }, "step:accueil"],
    [{ why: why({ rung: "unknown" }), turn: { say: ["Pardon ?"] } }, "unknown"],
    [{}, "unknown"],
  ];
  for (const [turn, expected] of cases) expect(expectedOf(turn, shop)).toBe(expected);
});

test("products can be expected only where the bot searches them", () => {
  const values = expectationsOf(shop).map(({ value }) => value);
  expect(values).toContain("suggest:retours");
  expect(values).toContain("step:accueil");
  expect(values).not.toContain("@products");
  const searching = definitionOf(faq, { products: { enabled: true, ask: {}, none: {}, again: {} } });
  expect(expectationsOf(searching).map(({ value }) => value)).toContain("@products");
});

const inputs: PreviewInput[] = [
  { type: "button", button: 1 },
  { type: "document" },
  { type: "text", text: "quand" },
];
const preview: BotPreview = {
  turns: [
    { turn: { say: ["Bonjour"], buttons: [{ label: "A" }, { label: "B" }] } },
    { turn: { say: ["Étape"], buttons: [{ label: "C" }] }, why: why({ rung: "button" }) },
    {},
    { turn: { say: ["Voilà."] }, why: why({ answered: "delai" }) },
  ],
  report: { problems: [], steps: 1, errors: 0, warnings: 0 },
};

test("a button is named by the latest turn that the bot spoke in", () => {
  expect(saidAt(preview, inputs, 0)).toBe("B");
  expect(saidAt(preview, inputs, 1)).toBeUndefined();
  expect(buttonsBefore(preview, 2)?.map(({ label }) => label)).toEqual(["C"]);
  expect(saidAt(preview, [{ type: "button", button: 7 }], 0)).toBeUndefined();
});

test("an answer that a text reaches by itself is a test of that text, another of the way to it", () => {
  const around = { at: "", agents: 1, lang: "fr" };
  expect(testOf(shop, preview, inputs, 3, around)).toEqual({
    say: ["quand"],
    expect: "faq:delai",
    lang: "fr",
  });
  expect(testOf(shop, preview, inputs, 1, { at: "2026-12-25T11:00", agents: 0, lang: "en" })).toEqual({
    say: ["B"],
    expect: "unknown",
    lang: "en",
    at: "2026-12-25T11:00",
    agents: 0,
  });
  expect(testOf(shop, preview, inputs, 2, around)).toBeUndefined();
  expect(testOf(shop, preview, inputs, 0, around)).toBeUndefined();
});

test("a score is told as a word, by what the bot did and else by the thresholds", () => {
  const score = (thousandths: number) => ({ faq: "delai", score: thousandths });
  expect(verdictOf(score(10), why({ answered: "delai" }), shop)).toBe("answers");
  expect(verdictOf(score(10), why({ suggested: ["delai"] }), shop)).toBe("offers");
  expect(verdictOf(score(149), why({ rung: "unknown" }), shop)).toBe("silent");
  expect(verdictOf(score(150), why({ rung: "unknown" }), shop)).toBe("offers");
  const strict = { ...shop, understanding: { ...shop.understanding, suggest_above: 0.5 } };
  expect(verdictOf(score(499), why({ rung: "unknown" }), strict)).toBe("silent");
});

test("the server's reason is shown by the words that it quotes, and an unknown rung is none of ours", () => {
  expect(quoted("`conseiller`")).toBe("conseiller");
  expect(quoted("miss 2")).toBeUndefined();
  expect(rungOf(why({ rung: "telepathy" }))).toBeUndefined();
  expect(rungOf(why({}))).toBe("faq");
});

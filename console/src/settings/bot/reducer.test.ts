/** Edits of a definition: what they change, what they leave, and the way back. */
import { describe, expect, test } from "vitest";
import type { BotDefinition } from "../../shared";
import { countedBy, languageOf, tabOf, within } from "./found";
import { emptyBot, newFaq, newField, newStep, whole } from "./fresh";
import { missingIn, withoutLanguage } from "./missing";
import { outwards, read, written } from "./pointer";
import { apply, begun, type Edit, type History, PAST_MAX } from "./reducer";
import { idFrom, leadingTo, nameOf } from "./references";

const FIRST = {
  name: "Help",
  welcome: "Hello",
  advisor: "Advisor",
  email_ask: "Which address?",
  email: "E-mail",
};

function shop(): BotDefinition {
  return {
    ...emptyBot("en", "Europe/Paris", FIRST),
    fields: [{ ...newField("order"), ask: { en: "Which order?" } }],
    form: ["order"],
    steps: [
      {
        ...newStep("welcome"),
        buttons: [
          { label: { en: "Order" }, goto: "order" },
          { label: {}, faq: "delay" },
        ],
      },
      {
        ...newStep("order"),
        say: { en: "Order {{order}}, {{ order }} and {{orders}}" },
        collect: ["order"],
        goto: "welcome",
      },
    ],
    faq: [{ ...newFaq("delay"), buttons: [{ label: {}, goto: "order" }] }],
    tests: [
      { say: ["when?"], expect: "faq:delay" },
      { say: ["order"], expect: "step:order" },
    ],
  };
}

function after(definition: BotDefinition, ...edits: Edit[]): BotDefinition {
  return apply(begun(definition), { type: "edit", edits }).now;
}

describe("the reducer", () => {
  test("a text is written where the pointer leads, and everything else is shared", () => {
    const before = shop();
    const now = after(before, { type: "set", at: "/steps/1/say/fr", value: "Bonjour" });
    expect(now.steps[1]?.say["fr"]).toBe("Bonjour");
    expect(now.steps[0]).toBe(before.steps[0]);
    expect(before.steps[1]?.say["fr"]).toBeUndefined();
  });

  test("an emptied text is gone, and a table that was missing is made", () => {
    expect(after(shop(), { type: "set", at: "/steps/1/say/en", value: undefined }).steps[1]?.say).toEqual({});
    expect(after(shop(), { type: "set", at: "/hours/days/mon", value: ["09:00-12:00"] }).hours).toEqual({
      days: { mon: ["09:00-12:00"] },
    });
  });

  test("pieces are added, moved and taken away", () => {
    const added = after(shop(), { type: "insert", at: "/steps", place: 1, value: newStep("gift") });
    expect(added.steps.map((step) => step.id)).toEqual(["welcome", "gift", "order"]);
    const moved = after(added, { type: "move", at: "/steps", from: 2, to: 0 });
    expect(moved.steps.map((step) => step.id)).toEqual(["order", "welcome", "gift"]);
    const less = after(moved, { type: "remove", at: "/steps", place: 1 });
    expect(less.steps.map((step) => step.id)).toEqual(["order", "gift"]);
    expect(after(less, { type: "move", at: "/steps", from: 0, to: 9 })).toBe(less);
  });

  test("letters of one field are one step back; another field is another", () => {
    let history: History = begun(shop());
    const type = (at: string, value: string) => {
      history = apply(history, { type: "edit", edits: [{ type: "set", at, value }] });
    };
    for (const text of ["H", "He", "Hey"]) type("/steps/0/say/en", text);
    type("/name/en", "Us");
    expect(history.past.length).toBe(2);
    history = apply(history, { type: "undo" });
    expect(history.now.name["en"]).toBe("Help");
    expect(history.now.steps[0]?.say["en"]).toBe("Hey");
    history = apply(history, { type: "undo" });
    expect(history.now).toEqual(shop());
    history = apply(history, { type: "redo" });
    expect(history.now.steps[0]?.say["en"]).toBe("Hey");
    type("/steps/0/say/en", "Ho");
    expect(history.future).toEqual([]);
  });

  test("nothing that changes nothing is kept, and the past is bounded", () => {
    const history = begun(shop());
    expect(apply(history, { type: "edit", edits: [{ type: "set", at: "/start", value: "welcome" }] })).toBe(
      history,
    );
    expect(apply(history, { type: "undo" })).toBe(history);
    let long = history;
    for (let count = 0; count < PAST_MAX + 20; count += 1)
      long = apply(long, { type: "edit", edits: [{ type: "insert", at: "/tests", place: 0, value: {} }] });
    expect(long.past.length).toBe(PAST_MAX);
  });
});

describe("references", () => {
  test("a step that is renamed is still found by everything that leads to it", () => {
    const now = after(shop(), { type: "rename", what: "step", from: "order", to: "follow" });
    expect(now.steps[1]?.id).toBe("follow");
    expect(now.steps[0]?.buttons[0]?.goto).toBe("follow");
    expect(now.faq[0]?.buttons[0]?.goto).toBe("follow");
    expect(now.tests[1]?.expect).toBe("step:follow");
    expect(now.form).toEqual(["order"]);
    const first = after(shop(), { type: "rename", what: "step", from: "welcome", to: "start" });
    expect(first.start).toBe("start");
    expect(first.steps[1]?.goto).toBe("start");
  });

  test("so are a question and a field, in texts too", () => {
    const faq = after(shop(), { type: "rename", what: "faq", from: "delay", to: "when" });
    expect(faq.steps[0]?.buttons[1]?.faq).toBe("when");
    expect(faq.tests[0]?.expect).toBe("faq:when");
    const field = after(shop(), { type: "rename", what: "field", from: "order", to: "number" });
    expect(field.form).toEqual(["number"]);
    expect(field.steps[1]?.collect).toEqual(["number"]);
    expect(field.steps[1]?.say["en"]).toBe("Order {{number}}, {{number}} and {{orders}}");
    expect(field.steps[1]?.id).toBe("order");
  });

  test("before something is deleted, all that leads there is known", () => {
    expect(leadingTo(shop(), "step", "order")).toEqual(["/steps/0/buttons/0/goto", "/faq/0/buttons/0/goto"]);
    expect(leadingTo(shop(), "step", "welcome")).toEqual(["/start", "/steps/1/goto"]);
    expect(leadingTo(shop(), "faq", "delay")).toEqual(["/steps/0/buttons/1/faq"]);
    expect(leadingTo(shop(), "field", "order")).toEqual(["/form", "/steps/1/collect", "/steps/1/say/en"]);
  });

  test.each([
    ["Suivre ma commande !", "suivre_ma_commande"],
    ["Où est l'été ?", "ou_est_l_ete"],
    ["24 heures", "heures"],
    ["日本", "step"],
    ["Position", "position_2"],
    ["welcome", "welcome_2"],
    ["a".repeat(50), "a".repeat(32)],
  ])("%s makes the id %s", (name, id) => {
    expect(idFrom(name, ["welcome"], "step")).toBe(id);
  });

  test("an id that is long and taken stays within its bound", () => {
    expect(idFrom("a".repeat(40), ["a".repeat(32)], "step")).toBe(`${"a".repeat(30)}_2`);
    expect(nameOf("suivre_ma_commande")).toBe("Suivre ma commande");
  });
});

describe("pointers", () => {
  test("a place is read, written, and known by what it lies in", () => {
    expect(read(shop(), "/steps/0/buttons/1/faq")).toBe("delay");
    expect(read(shop(), "/steps/9/say/en")).toBeUndefined();
    expect(written({ a: [1, 2] }, "/a/1", 3)).toEqual({ a: [1, 3] });
    expect(outwards("/steps/2/goto")).toEqual(["/steps/2/goto", "/steps/2", "/steps"]);
  });

  const problem = (code: string, pointer: string) => ({ code, pointer, line: 1, message: "" });

  test.each([
    ["/steps/2/buttons/0/goto", "steps"],
    ["/faq/3/questions/fr/1", "faq"],
    ["/leave_message/collect", "messages"],
    ["/hours/special/2026-12-24/0", "hours"],
    ["/timezone", "hours"],
    ["/tests/4/expect", "tests"],
    ["", "toml"],
    ["/strange", "toml"],
  ])("the problem at %s is shown in the tab %s", (pointer, tab) => {
    expect(tabOf(problem("E01", pointer))).toBe(tab);
  });

  test("problems are counted by tab, and shown beside what they lie in, errors first", () => {
    const all = [
      problem("W13", "/faq/1/answer/fr"),
      problem("E12", "/faq/1/questions/en/0"),
      problem("E12", "/faq/10"),
    ];
    expect(countedBy(all, tabOf).get("faq")).toEqual({ errors: 2, warnings: 1 });
    expect(within(all, "/faq/1").map((one) => one.code)).toEqual(["E12", "W13"]);
    expect(languageOf(problem("E12", "/faq/1/questions/en/0"), ["fr", "en"])).toBe("en");
    expect(languageOf(problem("E12", "/faq/1"), ["fr", "en"])).toBeUndefined();
  });
});

describe("languages", () => {
  test("what the default says and another does not is missing there", () => {
    const bot = { ...shop(), languages: ["en", "fr"] };
    const half = after(bot, { type: "set", at: "/steps/1/say/fr", value: "Commande" });
    expect(missingIn(half, "en")).toEqual([]);
    expect(missingIn(half, "fr")).toEqual(["/name", "/fields/0/ask", "/steps/0/buttons/0/label"]);
  });

  test("a language that is taken away takes its texts along, and the default stays", () => {
    const bot = { ...shop(), languages: ["en", "fr"], notice: { en: "Bot", fr: "Robot" } };
    bot.faq = [{ ...newFaq("delay"), questions: { en: ["When?"], fr: ["Quand ?"] } }];
    bot.fields = [{ ...newField("size"), kind: "choice", options: [{ en: "Small", fr: "Petit" }] }];
    const less = withoutLanguage(bot, "fr");
    expect(less.languages).toEqual(["en"]);
    expect(less.notice).toEqual({ en: "Bot" });
    expect(less.faq[0]?.questions).toEqual({ en: ["When?"] });
    expect(less.fields[0]?.options).toEqual([{ en: "Small" }]);
    expect(withoutLanguage(bot, "en")).toBe(bot);
  });

  test("what the server leaves out is put back", () => {
    const { notice: _, ...sent } = shop();
    expect(whole(sent as BotDefinition).notice).toEqual({});
  });
});

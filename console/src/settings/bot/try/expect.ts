/** What a test of the bot may expect, and what a talk suggests that it expects. Pure. */
import type {
  BotDefinition,
  BotPreview,
  BotWhy,
  PreviewInput,
  PreviewTurn,
  TestDefinition,
} from "../../../shared";

export type ExpectKind = "faq" | "suggest" | "step" | "handoff" | "leave_message" | "products" | "unknown";

/** One thing to expect: as the format writes it, and what it names. */
export interface Expectation {
  value: string;
  kind: ExpectKind;
  id: string;
}

const targets: Record<string, ExpectKind> = {
  "@handoff": "handoff",
  "@leave_message": "leave_message",
  "@products": "products",
  unknown: "unknown",
};

export function expectationsOf(definition: BotDefinition): Expectation[] {
  const named = (kind: ExpectKind, ids: readonly { id: string }[]) =>
    ids.map(({ id }): Expectation => ({ value: `${kind}:${id}`, kind, id }));
  return [
    ...named("faq", definition.faq),
    ...named("suggest", definition.faq),
    ...Object.entries(targets)
      .filter(([value]) => value !== "@products" || definition.products.enabled)
      .map(([value, kind]): Expectation => ({ value, kind, id: "" })),
    ...named("step", definition.steps),
  ];
}

/** From what the bot did at this turn; a person may correct it before it is kept. */
export function expectedOf({ turn, why, outcome }: PreviewTurn, definition: BotDefinition): string {
  if (outcome === "waiting") return "@handoff";
  if (outcome === "message_left") return "@leave_message";
  if (!why) return "unknown";
  if (why.answered !== undefined) return `faq:${why.answered}`;
  const [suggested] = why.suggested ?? [];
  if (suggested !== undefined) return `suggest:${suggested}`;
  if (why.rung === "keyword") return "@handoff";
  if (why.rung === "products" || why.rung === "catalog") return "@products";
  const step = definition.steps.find((one) =>
    Object.values(one.say).some((text) => text !== "" && turn?.say.includes(text)),
  );
  return step ? `step:${step.id}` : "unknown";
}

/** Rungs that a text reaches by itself, wherever the talk was. */
const alone: ReadonlySet<string> = new Set(["faq", "suggest", "unknown", "keyword", "courtesy", "catalog"]);

/** What the visitor wrote or chose, as texts: a button is named by its label. */
export function saidAt(preview: BotPreview, inputs: readonly PreviewInput[], at: number): string | undefined {
  const input = inputs[at];
  switch (input?.type) {
    case "text":
      return input.text;
    case "button":
      return buttonsBefore(preview, at)?.[input.button]?.label;
    case "form":
      return input.answers.map((one) => one.value).join(", ");
    case "document":
    case "waited_too_long":
    case "nobody_left":
    case undefined:
      return undefined;
  }
}

/** Those of the latest turn in which the bot said something. */
export function buttonsBefore(preview: BotPreview, at: number) {
  for (let place = at; place >= 0; place--) {
    const turn = preview.turns[place]?.turn;
    if (turn) return turn.buttons ?? [];
  }
  return undefined;
}

export interface Circumstances {
  /** Empty = now. */
  at: string;
  agents: number;
  lang: string;
}

/** The talk up to this answer as a test; nothing where the visitor said nothing in it. */
export function testOf(
  definition: BotDefinition,
  preview: BotPreview,
  inputs: readonly PreviewInput[],
  answer: number,
  around: Circumstances,
): TestDefinition | undefined {
  const turn = preview.turns[answer];
  const said = inputs.slice(0, answer).map((_, at) => saidAt(preview, inputs, at));
  const last = said.at(-1);
  if (!turn || last === undefined) return undefined;
  const texts = said.filter((one) => one !== undefined);
  return {
    say: standsAlone(turn.why) ? [last] : texts,
    expect: expectedOf(turn, definition),
    lang: around.lang,
    ...(around.at ? { at: around.at } : {}),
    ...(around.agents === 1 ? {} : { agents: around.agents }),
  };
}

function standsAlone(why: BotWhy | undefined): boolean {
  return why !== undefined && alone.has(why.rung);
}

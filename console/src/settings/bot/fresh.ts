/** New pieces of a definition: an empty bot that already works, a step, a question, a field. */
import type {
  BotDefinition,
  ButtonDefinition,
  FaqDefinition,
  FieldDefinition,
  LeaveMessageDefinition,
  StepDefinition,
  TestDefinition,
} from "../../shared";

/** `Words` of the wire. */
export type Words = Record<string, string>;

/** What a bot from nothing says, in its one language. */
export interface FirstWords {
  name: string;
  welcome: string;
  advisor: string;
  email_ask: string;
  email: string;
}

/** One welcome, one button to a person, and a message with an address while nobody is there. */
export function emptyBot(lang: string, timezone: string, words: FirstWords): BotDefinition {
  const say = (text: string): Words => ({ [lang]: text });
  return {
    name: say(words.name),
    languages: [lang],
    timezone,
    notice: {},
    fields: [
      {
        ...newField("email"),
        kind: "email",
        ask: say(words.email_ask),
        label: say(words.email),
        autocomplete: "email",
      },
    ],
    start: "welcome",
    form: [],
    steps: [
      {
        ...newStep("welcome"),
        say: say(words.welcome),
        buttons: [{ label: say(words.advisor), goto: "@handoff" }],
      },
    ],
    faq: [],
    understanding: { suggest: {}, none_of_these: {}, unknown: {}, hello: {}, thanks: {}, file: {} },
    products: { enabled: false, ask: {}, none: {}, again: {} },
    handoff: { label: {}, keywords: {}, ask_before: [], offer: {}, waiting: {}, still_waiting: {} },
    leave_message: newLeaveMessage(["email"]),
    close: {},
    tests: [],
  };
}

export function newStep(id: string): StepDefinition {
  return { id, collect: [], say: {}, buttons: [] };
}

export function newButton(): ButtonDefinition {
  return { label: {}, goto: "@handoff" };
}

export function newFaq(id: string): FaqDefinition {
  return { id, label: {}, questions: {}, answer: {}, buttons: [] };
}

export function newField(id: string): FieldDefinition {
  return { id, kind: "text", ask: {}, label: {}, error: {}, skip: {}, options: [] };
}

export function newLeaveMessage(collect: string[]): LeaveMessageDefinition {
  return { label: {}, say: {}, collect, done: {} };
}

export function newTest(): TestDefinition {
  return { say: [""], expect: "" };
}

/** What the server leaves out because it is empty is put back, so that no form meets a hole. */
export function whole(definition: BotDefinition): BotDefinition {
  return { ...definition, notice: definition.notice ?? {} };
}

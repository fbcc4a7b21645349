/**
 * The suggestions of one conversation as they come and go.
 *
 * Pure: `step(state, input)` gives the next state. Late answers are dropped; while somebody points at
 * the list or walks through it, a newer one waits until it is let go or asked for; what the agent left
 * out of the visitor's wishes is left out until the visitor says something new.
 */
import type { Constraint, ProductId, Suggestions } from "../shared";
import { saidByVisitor } from "../state/room";
import type { Room } from "../state/view";
import { constraintKey } from "./reasons";

export interface Suggesting {
  turn: number;
  /** Raised by what the visitor says: wishes left out before are taken in again. */
  said: number;
  state: "idle" | "asking" | "shown" | "later" | "failed";
  shown?: Suggestions | undefined;
  /** Newer than what is shown, and another: held back. */
  waiting?: Suggestions | undefined;
  leftOut: readonly Constraint[];
  /** Pointed at, or holding the focus. */
  held: boolean;
  /** The agent asked for what is on its way: it is shown when it comes. */
  own: boolean;
}

export type SuggestingInput =
  /** The visitor said something (its number), moved to another page, or the conversation was taken. */
  | { type: "moved"; said: number }
  | { type: "left_out"; constraint: Constraint }
  | { type: "taken_in"; constraint: Constraint }
  | { type: "again" }
  | { type: "answered"; turn: number; suggestions: Suggestions }
  | { type: "failed"; turn: number; later: boolean }
  | { type: "held" }
  | { type: "let_go" }
  /** The agent asks for what waits. */
  | { type: "shown" };

export const noSuggesting: Suggesting = {
  turn: 0,
  said: 0,
  state: "idle",
  leftOut: [],
  held: false,
  own: false,
};

export function step(now: Suggesting, input: SuggestingInput): Suggesting {
  switch (input.type) {
    case "moved": {
      const news = input.said > now.said;
      const leftOut = news ? [] : now.leftOut;
      return asking({ ...now, said: Math.max(now.said, input.said), leftOut, own: false });
    }
    case "left_out":
      return asking({
        ...now,
        leftOut: [...without(now.leftOut, input.constraint), input.constraint],
        own: true,
      });
    case "taken_in":
      return asking({ ...now, leftOut: without(now.leftOut, input.constraint), own: true });
    case "again":
      return asking(now);
    case "answered":
      return input.turn === now.turn ? answered(now, input.suggestions) : now;
    case "failed":
      return input.turn === now.turn ? { ...now, state: input.later ? "later" : "failed" } : now;
    case "held":
      return { ...now, held: true };
    case "let_go":
      return showing({ ...now, held: false });
    case "shown":
      return showing(now);
  }
}

function asking(now: Suggesting): Suggesting {
  return { ...now, turn: now.turn + 1, state: "asking" };
}

function answered(now: Suggesting, suggestions: Suggestions): Suggesting {
  const before = order(now.shown);
  const jumps = before !== "" && before !== order(suggestions);
  if (now.held && !now.own && jumps) return { ...now, state: "shown", waiting: suggestions };
  return { ...now, state: "shown", shown: suggestions, waiting: undefined };
}

function showing(now: Suggesting): Suggesting {
  return now.waiting ? { ...now, shown: now.waiting, waiting: undefined } : now;
}

/** What stands where in the list: only a change of this makes it jump. */
function order(of: Suggestions | undefined): string {
  if (!of) return "";
  const lists = [of.suggestions, of.similar, of.complementary];
  const names = lists.map((list) =>
    list.map(({ hit }) => `${hit.card.product}/${hit.card.sku ?? ""}`).join(),
  );
  return names.every((one) => one === "") ? "" : names.join(";");
}

function without(all: readonly Constraint[], one: Constraint): Constraint[] {
  return all.filter((each) => constraintKey(each) !== constraintKey(one));
}

/** Products sent since the visitor last said something, also those on their way. */
export function sentSince(room: Room): ReadonlySet<ProductId> {
  const said = room.log.events.findLastIndex((event) => saidByVisitor(event.body));
  const sent = new Set<ProductId>();
  for (const { body } of room.log.events.slice(said + 1)) {
    if (body.type === "product_recommended") sent.add(body.card.product);
    if (body.type === "products_compared") for (const card of body.comparison.cards) sent.add(card.product);
  }
  for (const { command } of room.pending) {
    if (command.type === "recommend_product") sent.add(command.product);
    if (command.type === "compare_products") for (const one of command.products) sent.add(one.product);
  }
  return sent;
}

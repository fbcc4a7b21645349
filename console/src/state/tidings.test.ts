/** Who is told what when a row changes. */
import { expect, test } from "vitest";
import type { ConversationRow } from "../shared";
import { apply } from "./apply";
import { after, atDesk, camille, noor, rowOf } from "./fixtures";
import type { Input } from "./input";
import { tidings } from "./tidings";
import type { View } from "./view";

function told(view: View, row: ConversationRow): string[] {
  const input: Input = { type: "row", row };
  return tidings(view, apply(view, input), input).map((one) => one.type);
}

const mine = rowOf("c", { stage: "in_progress", version: 3, in_charge: camille, unread: 0 });
const offer = { transfer: "t", note: "", expires_at: "2026-11-26T10:01:00.000Z" };

test("somebody new in line is told once", () => {
  const view = atDesk();
  expect(told(view, rowOf("c"))).toEqual(["waits"]);
  expect(told(after(view, { type: "row", row: rowOf("c") }), rowOf("c", { head: 6 }))).toEqual([]);
});

test("a message to me is told, one to a colleague is not", () => {
  expect(told(after(atDesk(), { type: "row", row: mine }), { ...mine, head: 6, unread: 1 })).toEqual([
    "said",
  ]);
  const hers = { ...mine, in_charge: noor };
  expect(told(after(atDesk(), { type: "row", row: hers }), { ...hers, head: 6, unread: 1 })).toEqual([]);
});

test("the giver learns whether the colleague took over", () => {
  const offered = after(atDesk(), {
    type: "row",
    row: { ...mine, offer: { ...offer, from: camille, to: noor } },
  });
  expect(told(offered, { ...mine, version: 4, head: 7, in_charge: noor })).toEqual(["offer_accepted"]);
  expect(told(offered, { ...mine, head: 7 })).toEqual(["offer_ended"]);
});

test("the target is told of the offer, and that it is gone", () => {
  const hers = { ...mine, in_charge: noor };
  const offered = { ...hers, head: 6, offer: { ...offer, from: noor, to: camille } };
  const view = after(atDesk(), { type: "row", row: hers });
  expect(told(view, offered)).toEqual(["offered"]);
  expect(told(after(view, { type: "row", row: offered }), { ...hers, head: 7 })).toEqual(["offer_gone"]);
});

test("losing a conversation to the line is told to whoever had it", () => {
  const view = after(atDesk(), { type: "row", row: mine });
  expect(told(view, rowOf("c", { version: 4, head: 7, was_with: camille }))).toEqual(["waits", "lost"]);
});

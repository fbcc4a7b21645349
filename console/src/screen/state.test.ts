/** Every state of a share as the agent has it before them. */
import { expect, test } from "vitest";
import type { AgentRef, SharedPage, ShareSettings, ShareStage, ToWatcher } from "../shared";
import { abilities, apply, emptyScreen, FROZEN_MS, type Input, phaseOf, type Screen } from "./state";

const camille: AgentRef = { id: "camille", first_name: "Camille" };
const noor: AgentRef = { id: "noor", first_name: "Noor" };
const settings: ShareSettings = {
  see: true,
  point: true,
  control: true,
  off_paths: [],
  see_only_paths: [],
  show: "choices",
  mask: [],
  block: [],
  reveal: [],
};
const page: SharedPage = {
  url: "https://shop.example/desks",
  title: "Desks",
  width: 1280,
  height: 800,
  touch: false,
  visible: true,
  dark: false,
  rule: "full",
  lacks: [],
};

const changed = (stage: ShareStage, more: Partial<ShareSettings> = {}): ToWatcher => ({
  type: "changed",
  view: { stage, watchers: [], settings: { ...settings, ...more } },
});

function after(...inputs: readonly Input[]): Screen {
  const begun: Input[] = [
    { type: "link_changed", state: "open" },
    {
      type: "welcome",
      agent: camille,
      view: { stage: { type: "idle" }, watchers: [], settings },
    },
  ];
  return [...begun, ...inputs].reduce((screen, input) => apply(screen, input, 0), emptyScreen);
}

const shared: Input[] = [
  changed({ type: "sharing", agent: camille }),
  { type: "page", page },
  { type: "drawn" },
];

test.each<[string, readonly Input[], number, object]>([
  ["nothing asked yet", [], 0, { name: "idle" }],
  [
    "asked",
    [changed({ type: "asked", agent: camille, seconds_left: 60 })],
    1_500,
    { name: "asked", left: 59 },
  ],
  ["shared", shared, 0, { name: "sharing" }],
  ["no picture yet", [changed({ type: "sharing", agent: camille })], 0, { hindrance: "loading" }],
  ["frozen", shared, FROZEN_MS + 1, { name: "sharing", hindrance: "frozen" }],
  [
    "the visitor's tab hidden",
    [...shared, { type: "page", page: { ...page, visible: false } }],
    0,
    { hindrance: "hidden" },
  ],
  [
    "control asked",
    [...shared, changed({ type: "control_asked", agent: camille, seconds_left: 30 })],
    10_000,
    { name: "control_asked", left: 20 },
  ],
  ["driving", [...shared, changed({ type: "in_control", agent: camille, epoch: 3 })], 0, { epoch: 3 }],
  [
    "the next page on its way",
    [...shared, changed({ type: "suspended", agent: camille, epoch: 3 })],
    0,
    { name: "suspended" },
  ],
  ["the visitor gone", [...shared, changed({ type: "away", agent: camille })], 0, { name: "away" }],
  ["a colleague's share", [changed({ type: "sharing", agent: noor })], 0, { name: "watching", agent: noor }],
  [
    "a colleague's control gives no control here",
    [...shared, changed({ type: "in_control", agent: noor, epoch: 3 })],
    0,
    { name: "watching" },
  ],
  ["the site has it off", [changed({ type: "idle" }, { see: false })], 0, { name: "off" }],
  ["cut", [...shared, { type: "link_changed", state: "lost" }], 0, { name: "disconnected", over: false }],
  [
    "ended by the server",
    [{ type: "link_changed", state: "ended", reason: "other_tab" }],
    0,
    { name: "disconnected", over: true, closing: "other_tab" },
  ],
])("%s", (_what, inputs, now, phase) => {
  expect(phaseOf(after(...inputs), now)).toMatchObject(phase);
});

test("what was not agreed to stays in words until it is asked again", () => {
  const asked = changed({ type: "asked", agent: camille, seconds_left: 60 });
  const refused = after(
    asked,
    { type: "not_agreed", level: "see", why: "refused" },
    changed({ type: "idle" }),
  );
  expect(phaseOf(refused, 0)).toEqual({
    name: "idle",
    told: { type: "not_agreed", level: "see", why: "refused" },
  });
  expect(apply(refused, asked, 0).told).toBeUndefined();
});

test("after a taking back the page is still seen, and the words say who took it", () => {
  const back = after(
    ...shared,
    changed({ type: "in_control", agent: camille, epoch: 3 }),
    { type: "control_ended", reason: "taken_back" },
    changed({ type: "sharing", agent: camille }),
  );
  expect(phaseOf(back, 0)).toMatchObject({ name: "sharing", told: { reason: "taken_back" } });
});

test("after the end nothing of the page is kept", () => {
  const ended = after(
    ...shared,
    { type: "sharing_ended", reason: "visitor_stopped" },
    changed({ type: "idle" }),
  );
  expect(ended.page).toBeUndefined();
  expect(ended.drawn).toBe(false);
  expect(phaseOf(ended, 0)).toMatchObject({
    name: "idle",
    told: { type: "ended", reason: "visitor_stopped" },
  });
});

test.each<[string, readonly Input[], string]>([
  ["nothing shared", [], "ask"],
  ["shared", shared, "point askControl show stop"],
  ["see-only", [...shared, { type: "page", page: { ...page, rule: "see_only" } }], "point stop"],
  [
    "control switched off",
    [...shared, changed({ type: "sharing", agent: camille }, { control: false })],
    "point show stop",
  ],
  [
    "pointing switched off",
    [...shared, changed({ type: "sharing", agent: camille }, { point: false })],
    "askControl show stop",
  ],
  [
    "driving",
    [...shared, changed({ type: "in_control", agent: camille, epoch: 1 })],
    "point drive show stop",
  ],
  ["asked", [changed({ type: "asked", agent: camille, seconds_left: 60 })], ""],
  ["watching a colleague", [changed({ type: "sharing", agent: noor })], ""],
])("what may be done: %s", (_what, inputs, able) => {
  const screen = after(...inputs);
  const can = abilities(screen, phaseOf(screen, 0));
  expect(
    Object.entries(can)
      .flatMap(([name, is]) => (is ? [name] : []))
      .join(" "),
  ).toBe(able);
});

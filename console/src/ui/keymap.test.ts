/** The keys of the console, on keyboards of several countries. */
import { expect, test } from "vitest";
import { type Action, actionOf } from "./keymap";

function press(code: string, held: string[] = [], key = code, repeat = false): Action | undefined {
  return actionOf({
    code,
    key,
    repeat,
    altKey: held.includes("Alt"),
    ctrlKey: held.includes("Control"),
    metaKey: held.includes("Meta"),
    shiftKey: held.includes("Shift"),
    getModifierState: (name: string) => held.includes(name),
  });
}

test("Alt and a letter act by the place of the key, also where Option types dead keys", () => {
  expect(press("KeyJ", ["Alt"])).toBe("next_conversation");
  expect(press("KeyN", ["Alt"], "Dead")).toBe("next_tab");
  expect(press("KeyE", ["Alt", "Shift"])).toBe("close_and_next");
});

test("AltGr types letters and closes nothing", () => {
  expect(press("KeyE", ["Alt", "Control", "AltGraph"], "€")).toBeUndefined();
  expect(press("KeyE", ["Alt", "Control"])).toBeUndefined();
});

test("no single character is a shortcut", () => {
  for (const code of ["KeyJ", "KeyE", "Slash", "KeyK"]) expect(press(code, [], code.at(-1))).toBeUndefined();
});

test("search and help also under Cmd, regions by F6", () => {
  expect(press("KeyK", ["Meta"], "k")).toBe("search");
  expect(press("Slash", ["Control"], "/")).toBe("help");
  expect(press("F6")).toBe("next_region");
  expect(press("F6", ["Shift"])).toBe("previous_region");
});

test("a key held down recommends once, walking goes on", () => {
  expect(press("KeyS", ["Alt"])).toBe("first_suggestion");
  expect(press("KeyS", ["Alt"], "s", true)).toBeUndefined();
  expect(press("KeyJ", ["Alt"], "j", true)).toBe("next_conversation");
  expect(press("KeyR", ["Alt"])).toBe("products");
});

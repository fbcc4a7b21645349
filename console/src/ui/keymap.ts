/**
 * The console's keys as data: which chord means what. What is done about it is inbox/keys.ts.
 *
 * No single character is a shortcut outside fields. AltGr is left alone (it types letters on French
 * keyboards), and under Alt the physical key counts, since Option types dead keys on macOS.
 */
import type { Key } from "../words";

export type Action =
  | "next_conversation"
  | "previous_conversation"
  | "next_tab"
  | "reply"
  | "note"
  | "products"
  | "first_suggestion"
  | "close"
  | "close_and_next"
  | "search"
  | "help"
  | "next_region"
  | "previous_region";

type Chord = Pick<
  KeyboardEvent,
  "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "key" | "code" | "repeat"
> & {
  getModifierState: (key: string) => boolean;
};

const underAlt: Readonly<Record<string, Action>> = {
  KeyJ: "next_conversation",
  KeyK: "previous_conversation",
  KeyN: "next_tab",
  KeyL: "reply",
  KeyP: "note",
  KeyR: "products",
  KeyS: "first_suggestion",
  KeyE: "close",
};

export function actionOf(event: Chord): Action | undefined {
  if (event.getModifierState("AltGraph")) return undefined;
  if (event.key === "F6") return event.shiftKey ? "previous_region" : "next_region";
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey) return undefined;
    if (event.key.toLowerCase() === "k" && !event.shiftKey) return "search";
    return event.key === "/" ? "help" : undefined;
  }
  if (!event.altKey) return undefined;
  // A key that is held down would send again and again.
  if (event.repeat && event.code === "KeyS") return undefined;
  const action = underAlt[event.code];
  if (event.shiftKey) return action === "close" ? "close_and_next" : undefined;
  return action;
}

/** For the help: each line is a chord and what it does. */
export const keysHelp: readonly { chord: string; does: Key }[] = [
  { chord: "Alt + J", does: "key_next_conversation" },
  { chord: "Alt + K", does: "key_previous_conversation" },
  { chord: "Alt + N", does: "key_next_tab" },
  { chord: "Alt + L", does: "key_reply" },
  { chord: "Alt + P", does: "key_note" },
  { chord: "Alt + R", does: "key_products" },
  { chord: "Alt + S", does: "key_suggestion" },
  { chord: "Alt + E", does: "key_close" },
  { chord: "Alt + Shift + E", does: "key_close_and_next" },
  { chord: "Enter", does: "key_send" },
  { chord: "Shift + Enter", does: "key_new_line" },
  { chord: "#", does: "key_product" },
  { chord: "1 … 5", does: "key_nth_suggestion" },
  { chord: "V", does: "key_variants" },
  { chord: "C", does: "key_compare" },
  { chord: "P", does: "key_pin" },
  { chord: "Ctrl + K", does: "key_search" },
  { chord: "Ctrl + /", does: "key_help" },
  { chord: "F6", does: "key_region" },
  { chord: "Esc", does: "key_escape" },
];

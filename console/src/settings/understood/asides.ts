/**
 * Setting texts aside, with a moment to think again: nothing is sent before, so undoing leaves no
 * trace. If the tab is left within it the texts are simply shown again.
 */
import { signal } from "@preact/signals";
import { asRefusal, post } from "../../api";
import { explained } from "../../refusals";
import type { SiteId, TextGroup } from "../../shared";
import { toast } from "../../ui/toasts";
import { t } from "../../words";

const UNDO_MS = 8_000;

/** The groups set aside since the page was opened, by their text. */
export const aside = signal<ReadonlySet<string>>(new Set());

/** `onUndo`: the group is there again. */
export function setAside(site: SiteId, group: TextGroup, onUndo: () => void): void {
  if (aside.peek().has(group.text)) return;
  aside.value = new Set(aside.peek()).add(group.text);
  const timer = setTimeout(() => void send(site, group), UNDO_MS);
  toast(t("gaps_aside_told", { text: short(group.text) }), {
    ms: UNDO_MS,
    action: {
      label: t("undo"),
      run: () => {
        clearTimeout(timer);
        forget(group);
        onUndo();
      },
    },
  });
}

/** At once, and said only where it fails: these texts are in the published bot by now. */
export async function send(site: SiteId, group: TextGroup): Promise<void> {
  try {
    const texts = group.examples.map((example) => example.text);
    await post<void>(`/sites/${site}/bot/not-understood/set-aside`, { texts });
  } catch (failure) {
    forget(group);
    toast(explained(asRefusal(failure)), { kind: "bad" });
  }
}

function forget(group: TextGroup): void {
  const left = new Set(aside.peek());
  left.delete(group.text);
  aside.value = left;
}

const SHORT_CHARS_MAX = 40;

function short(text: string): string {
  const characters = [...text];
  return characters.length <= SHORT_CHARS_MAX
    ? text
    : `${characters.slice(0, SHORT_CHARS_MAX - 1).join("")}…`;
}

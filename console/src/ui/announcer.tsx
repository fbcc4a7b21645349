/** The one polite live region: whatever happens without moving the focus is said here, once. */
import { signal } from "@preact/signals";

const said = signal({ text: "", turn: 0 });

export function announce(text: string): void {
  said.value = { text, turn: said.peek().turn + 1 };
}

/** Mounted from the start: a region that appears with its text is not read. */
export function Announcer() {
  const { text, turn } = said.value;
  return (
    <div class="only-read" role="status" aria-live="polite">
      <span key={turn}>{text}</span>
    </div>
  );
}

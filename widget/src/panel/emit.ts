/** Tells the page's handlers what happened; each by itself, so that one that throws breaks nobody else. */
import type { Host } from "../page/contract";

export function emit({ handlers }: Host, name: string, detail?: unknown): void {
  for (const handler of handlers[name] ?? []) queueMicrotask(() => handler(detail));
}

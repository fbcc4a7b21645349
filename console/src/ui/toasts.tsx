/** Short messages at the foot of the screen, some with one action; said by the announcer as well. */
import { signal } from "@preact/signals";
import { Icon, icons } from "../shared";
import { t } from "../words";
import { announce } from "./announcer";

const SHOWN_MS = 6_000;
const SHOWN_MAX = 4;

export interface Toast {
  id: number;
  text: string;
  kind: "plain" | "good" | "bad";
  action?: { label: string; run: () => void };
}

const toasts = signal<readonly Toast[]>([]);
let lastId = 0;

/** `ms`: how long it stays; what must be answered stays longer than the usual. */
export function toast(
  text: string,
  options: Partial<Pick<Toast, "kind" | "action">> & { ms?: number } = {},
): number {
  const { ms = SHOWN_MS, kind = "plain", action } = options;
  lastId += 1;
  const id = lastId;
  const made: Toast = { id, text, kind, ...(action ? { action } : {}) };
  toasts.value = [...toasts.peek(), made].slice(-SHOWN_MAX);
  announce(action ? `${text} ${action.label}` : text);
  setTimeout(() => dismiss(id), ms);
  return id;
}

export function dismiss(id: number): void {
  toasts.value = toasts.peek().filter((one) => one.id !== id);
}

export function Toasts() {
  return (
    <section class="toasts" aria-label={t("notices")}>
      {toasts.value.map((one) => (
        <div key={one.id} class={`toast toast-${one.kind}`}>
          <span class="toast-text">{one.text}</span>
          {one.action && (
            <button
              type="button"
              class="button button-small"
              onClick={() => {
                dismiss(one.id);
                one.action?.run();
              }}
            >
              {one.action.label}
            </button>
          )}
          <button type="button" class="icon-button" aria-label={t("dismiss")} onClick={() => dismiss(one.id)}>
            <Icon d={icons.close} size={16} />
          </button>
        </div>
      ))}
    </section>
  );
}

/** The time as signals, so that waits and countdowns tick wherever they are drawn. */
import { signal } from "@preact/signals";

/** Every 10 s: waits in words. */
export const now = signal(Date.now());
/** Every second, only while somebody counts down. */
export const second = signal(Date.now());

let counting = 0;

export function startClock(): void {
  setInterval(() => {
    now.value = Date.now();
  }, 10_000);
  setInterval(() => {
    if (counting > 0) second.value = Date.now();
  }, 1_000);
}

/** For `useEffect`: the second hand moves while the returned function was not called. */
export function countSeconds(): () => void {
  counting += 1;
  second.value = Date.now();
  return () => {
    counting -= 1;
  };
}

/** Visible and focused: only then is something read. */
export const attentive = signal(document.visibilityState === "visible" && document.hasFocus());

export function watchAttention(): void {
  const look = () => {
    attentive.value = document.visibilityState === "visible" && document.hasFocus();
  };
  addEventListener("focus", look);
  addEventListener("blur", look);
  document.addEventListener("visibilitychange", look);
}

/**
 * Tells once when an element has been visible for a whole second in a visible
 * page: half of it, or what fills half of the window where it is taller than that.
 */
import { useEffect, useRef } from "preact/hooks";

const SEEN_AFTER_MS = 1_000;
const HALF = 0.5;
const SHARES = [0.1, 0.2, 0.3, 0.4, HALF];

export function useCardSeen(seen: () => void) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const at = element.current;
    if (!at) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        clearTimeout(timer);
        if (!entry || (entry.intersectionRatio < HALF && entry.intersectionRect.height < innerHeight * HALF))
          return;
        timer = setTimeout(() => document.visibilityState === "visible" && seen(), SEEN_AFTER_MS);
      },
      { threshold: SHARES },
    );
    watch.observe(at);
    return () => {
      clearTimeout(timer);
      watch.disconnect();
    };
  }, []);
  return element;
}

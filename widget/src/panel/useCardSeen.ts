/** Tells once when an element has been visible, half of it or more, for a whole second in a visible page. */
import { useEffect, useRef } from "preact/hooks";

const SEEN_AFTER_MS = 1_000;

export function useCardSeen(seen: () => void) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const at = element.current;
    if (!at) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new IntersectionObserver(
      ([entry]) => {
        clearTimeout(timer);
        if (!entry?.isIntersecting) return;
        timer = setTimeout(() => document.visibilityState === "visible" && seen(), SEEN_AFTER_MS);
      },
      { threshold: 0.5 },
    );
    watch.observe(at);
    return () => {
      clearTimeout(timer);
      watch.disconnect();
    };
  }, []);
  return element;
}

/** How large a picture of a page is drawn. */
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** As large as the room allows, never larger than life. */
export function useScale(
  room: RefObject<HTMLDivElement>,
  { width, height }: { width: number; height: number },
): number {
  const [fits, setFits] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = room.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setFits({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  if (width === 0 || height === 0 || fits.width === 0) return 1;
  return Math.min(1, fits.width / width, fits.height / height);
}

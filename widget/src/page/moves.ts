/**
 * Tells when a single-page store shows another page: by the Navigation API
 * where there is one, else by wrapping the history methods (same `this`, same
 * result, so that the store's router notices nothing).
 */

export function watchMoves(moved: () => void): void {
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation) {
    navigation.addEventListener("currententrychange", moved);
    return;
  }
  addEventListener("popstate", moved);
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (...entry) {
      original.apply(this, entry);
      moved();
    };
  }
}

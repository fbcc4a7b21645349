/**
 * Tells when a single-page store shows another page: by the Navigation API
 * where there is one, else by wrapping the history methods (same `this`, same
 * result, so that the store's router notices nothing).
 */

export function watchMoves(moved: () => void): () => void {
  const away = new AbortController();
  const { signal } = away;
  const navigation = (window as { navigation?: EventTarget }).navigation;
  if (navigation instanceof EventTarget) {
    navigation.addEventListener("currententrychange", moved, { signal });
  } else {
    wrap("pushState", moved, signal);
    wrap("replaceState", moved, signal);
    addEventListener("popstate", moved, { signal });
  }
  return () => away.abort();
}

function wrap(name: "pushState" | "replaceState", moved: () => void, signal: AbortSignal): void {
  const original = history[name];
  history[name] = function (this: History, ...args: Parameters<History["pushState"]>) {
    const result = original.apply(this, args);
    if (!signal.aborted) moved();
    return result;
  };
}

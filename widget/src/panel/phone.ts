/**
 * The panel over a whole small screen: the store's page behind it is inert and
 * does not scroll, the panel follows the visual viewport so that the keyboard
 * never covers the composer, and Back closes it where CloseWatcher exists (a
 * pushed history entry would wake the store's router).
 */

interface CloseWatcherLike {
  onclose: (() => void) | null;
  destroy(): void;
}

export const SMALL_SCREEN = "(max-width: 640px), (max-height: 480px)";

/** Takes the screen; the answer gives it back as it was. */
export function takeScreen(root: HTMLElement, close: () => void): () => void {
  const { documentElement: page, body } = document;
  const before = { overflow: page.style.overflow, inert: body.inert };
  page.style.overflow = "hidden";
  body.inert = true;
  const unfollow = followViewport(root);
  const watcher = closeWatcher(close);
  return () => {
    page.style.overflow = before.overflow;
    body.inert = before.inert;
    unfollow();
    watcher?.destroy();
  };
}

function followViewport(root: HTMLElement): () => void {
  const view = window.visualViewport;
  if (!view) return () => undefined;
  const follow = () => {
    root.style.setProperty("--view-height", `${view.height}px`);
    root.style.setProperty("--view-top", `${view.offsetTop}px`);
  };
  follow();
  view.addEventListener("resize", follow);
  view.addEventListener("scroll", follow);
  return () => {
    view.removeEventListener("resize", follow);
    view.removeEventListener("scroll", follow);
    root.style.removeProperty("--view-height");
    root.style.removeProperty("--view-top");
  };
}

function closeWatcher(close: () => void): CloseWatcherLike | undefined {
  const Watcher = (window as { CloseWatcher?: new () => CloseWatcherLike }).CloseWatcher;
  if (!Watcher) return undefined;
  const watcher = new Watcher();
  watcher.onclose = close;
  return watcher;
}

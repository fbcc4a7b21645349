/**
 * Keeps the keyboard with the agent: a replayed dialog or field may take the focus into the picture,
 * and what the agent types must never land there.
 */

/** Until the returned function is called. */
export function keepFocus(picture: () => Element | undefined): () => void {
  let last: HTMLElement | undefined;
  const remember = (event: FocusEvent) => {
    if (event.target instanceof HTMLElement && event.target !== picture()) last = event.target;
  };
  // One task later: only then does the document know that its frame has the focus.
  const back = () => setTimeout(() => giveBack(picture(), last));
  document.addEventListener("focusin", remember);
  addEventListener("blur", back);
  return () => {
    document.removeEventListener("focusin", remember);
    removeEventListener("blur", back);
  };
}

function giveBack(picture: Element | undefined, last: HTMLElement | undefined): void {
  if (!picture || document.activeElement !== picture) return;
  if (last?.isConnected) last.focus({ preventScroll: true });
  else (picture as HTMLElement).blur();
}

/** The menu that unfolds below the header, and the dialogs of a page: opened and closed by keys as by hand. */
export function menu() {
  const button = document.querySelector("[data-menu]");
  const panel = document.querySelector("[data-menu-panel]");
  const show = (shown) => {
    panel.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.addEventListener("click", () => show(panel.hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    show(false);
    button.focus();
  });
  document.addEventListener("click", ({ target }) => {
    if (!panel.contains(target) && !button.contains(target)) show(false);
  });
  panel.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !panel.contains(relatedTarget) && relatedTarget !== button) show(false);
  });
}

/** `data-opens="id"` opens a modal dialog; `data-closes` and a press beside it close it. */
export function dialogs() {
  document.addEventListener("click", ({ target }) => {
    const opener = target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    else if (target.closest("[data-closes]")) target.closest("dialog")?.close();
    else if (target instanceof HTMLDialogElement) target.close();
  });
}

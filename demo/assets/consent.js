/** The store's consent bar, and what of it the chat is told: whether page visits may be joined. */
import { read, write } from "./kept.js";

export function consentBar() {
  const bar = document.querySelector("[data-consent]");
  const root = document.documentElement;

  /** Tells the widget how much room the bar takes, so that the launcher clears it. */
  const makeRoom = () => {
    const height = bar.hidden ? 0 : Math.ceil(bar.getBoundingClientRect().height);
    root.style.setProperty("--comptoir-offset-bottom", `${height}px`);
  };
  const tell = () => {
    const answer = read("consent");
    if (answer !== null) window.Comptoir("consent", answer === "yes");
  };
  const show = (shown) => {
    bar.hidden = !shown;
    makeRoom();
  };

  for (const button of bar.querySelectorAll("[data-consent-answer]")) {
    button.addEventListener("click", () => {
      write("consent", button.dataset.consentAnswer);
      show(false);
      tell();
    });
  }
  document.querySelector("[data-consent-open]").addEventListener("click", () => {
    show(true);
    bar.querySelector("button").focus();
  });
  addEventListener("resize", makeRoom);
  show(read("consent") === null);
  tell();
}

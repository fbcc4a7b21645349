/** The agent's tab of a shared page: words, session, then the one conversation that the address names. */
import "../../../widget/src/shared/tokens.css";
import "../style/base.css";
import "../style/shell.css";
import "../style/screen.css";
import { render } from "preact";
import { narrowDesk } from "../desk";
import { loadSession, me } from "../session";
import { startClock, watchAttention } from "../ui/clock";
import { learn, preferredLanguage, speak } from "../words";
import { productWords } from "../words/products";
import { sharingWords } from "../words/sharing";
import { Screen } from "./Screen";
import { SignedOut } from "./SignedOut";

async function begin(): Promise<void> {
  startClock();
  watchAttention();
  const conversation = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  // Asked once: a tab that is reloaded shows where the share stands, it does not ask again.
  const ask = location.hash === "#ask";
  history.replaceState(null, "", location.pathname);
  narrowDesk();
  await Promise.all([speak(preferredLanguage()), loadSession()]);
  await learn(productWords, sharingWords);
  leaveLinks();
  const root = document.getElementById("screen");
  if (!root) return;
  render(me.peek() ? <Screen conversation={conversation} ask={ask} /> : <SignedOut />, root);
}

/** A link of the conversation never takes this tab away from the shared page. */
function leaveLinks(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link && !link.download) link.target = "_blank";
  });
}

void begin();

/**
 * The document of shared pages: words, session, then the agent's tab of the one conversation that the
 * address names, or the preview of a site's masks at `/shared/preview/{site}`.
 */
import "../../../widget/src/shared/tokens.css";
import "../style/base.css";
import "../style/shell.css";
import "../style/screen.css";
import { render } from "preact";
import { narrowDesk } from "../desk";
import { loadSession, me } from "../session";
import { draftIn } from "../settings/preview";
import { leavePictures } from "../shared";
import { startClock, watchAttention } from "../ui/clock";
import { learn, preferredLanguage, speak } from "../words";
import { previewWords } from "../words/preview";
import { productWords } from "../words/products";
import { settingsWords } from "../words/settings";
import { sharingWords } from "../words/sharing";
import { Screen } from "./Screen";
import { SignedOut } from "./SignedOut";

async function begin(): Promise<void> {
  startClock();
  watchAttention();
  const [, , conversation = "", site = ""] = location.pathname.split("/").map(decodeURIComponent);
  if (conversation === "preview") return preview(site);
  // Asked once: a tab that is reloaded shows where the share stands, it does not ask again.
  const ask = location.hash === "#ask";
  history.replaceState(null, "", location.pathname);
  narrowDesk();
  leavePictures();
  await Promise.all([speak(preferredLanguage()), loadSession()]);
  await learn(productWords, sharingWords);
  leaveLinks();
  const root = document.getElementById("screen");
  if (!root) return;
  render(me.peek() ? <Screen conversation={conversation} ask={ask} /> : <SignedOut />, root);
}

/** Admins only; whoever else opens it is told that it is not there. */
async function preview(site: string): Promise<void> {
  const draft = draftIn(location.hash);
  history.replaceState(null, "", location.pathname);
  await Promise.all([speak(preferredLanguage()), loadSession()]);
  const [{ Preview }] = await Promise.all([
    import("./preview/Preview"),
    learn(sharingWords, settingsWords, previewWords),
  ]);
  const root = document.getElementById("screen");
  if (root) render(me.peek() ? <Preview site={site} draft={draft} /> : <SignedOut />, root);
}

/** A link of the conversation never takes this tab away from the shared page. */
function leaveLinks(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link && !link.download) link.target = "_blank";
  });
}

void begin();

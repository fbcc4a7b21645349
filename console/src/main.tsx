/** The console's first lines: words, session, then the screen that the address asks for. */
import "../../widget/src/shared/tokens.css";
import "./style/base.css";
import "./style/shell.css";
import "./style/inbox.css";
import { render } from "preact";
import { App } from "./app";
import { startNotices } from "./notices";
import { startRouter } from "./router";
import { loadSession, watchSession } from "./session";
import { startAlerts } from "./ui/alerts";
import { startClock, watchAttention } from "./ui/clock";
import { preferredLanguage, speak } from "./words";

async function begin(): Promise<void> {
  startRouter();
  startClock();
  watchAttention();
  startAlerts();
  await Promise.all([speak(preferredLanguage()), loadSession()]);
  watchSession();
  startNotices();
  const root = document.getElementById("console");
  if (root) render(<App />, root);
}

void begin();

/** The launcher's face once the panel is there: name, count, expanded or covered, and its own announcer. */
import type { Launcher } from "../page/contract";
import { chevronDown } from "../shared/icons";
import css from "./face.css?inline";

export interface LauncherFace {
  show(state: { expanded: boolean; covered: boolean; unread: number; label: string }): void;
  /** Speaks while the panel is closed: each root has one announcer of its own. */
  announce(text: string): void;
}

export function launcherFace({ shadow, button, path }: Launcher): LauncherFace {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets.push(sheet);
  const bubble = path.getAttribute("d") ?? "";
  const badge = document.createElement("b");
  badge.ariaHidden = "true";
  button.append(badge);
  const status = document.createElement("p");
  status.role = "status";
  shadow.append(status);
  return {
    show({ expanded, covered, unread, label }) {
      path.setAttribute("d", expanded ? chevronDown : bubble);
      button.ariaExpanded = String(expanded);
      button.ariaLabel = label;
      button.style.visibility = covered ? "hidden" : "";
      badge.hidden = unread === 0;
      badge.textContent = unread > 99 ? "99+" : String(unread);
    },
    announce(text) {
      status.textContent = text;
    },
  };
}

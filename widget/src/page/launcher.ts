/**
 * The round button on the store's page, in a root of its own. Before the panel
 * is there it has one name and one picture; count, announcements and the rest
 * of its life are the panel's (face.ts), which keeps this file small.
 */
import type { Launcher } from "./contract";
import css from "./launcher.css?inline";
import { addRoot } from "./root";

/** A speech bubble, simpler than the icons of the panel: every byte here is on every page of the store. */
const BUBBLE = "M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z";
const SVG = "http://www.w3.org/2000/svg";

export function addLauncher(accent: string, lang: string, label: string): Launcher {
  const root = addRoot("comptoir-launcher", css, lang);
  const button = document.createElement("button");
  button.ariaHasPopup = "dialog";
  button.ariaExpanded = "false";
  // Named so, and what is inside of a button is its picture to whoever reads it.
  button.ariaLabel = label;
  const svg = button.appendChild(document.createElementNS(SVG, "svg"));
  svg.setAttribute("viewBox", "-2 -2 28 28");
  const path = svg.appendChild(document.createElementNS(SVG, "path"));
  path.setAttribute("d", BUBBLE);
  root.shadow.append(button);

  // The store's own colour wins over the site's setting; one that cannot be read changes nothing.
  const { style } = button;
  style.background = accent;
  style.background =
    getComputedStyle(document.documentElement).getPropertyValue("--comptoir-accent") || accent;
  const rgb = getComputedStyle(button).backgroundColor.match(/\d+/g)?.map(Number) as [number, number, number];
  style.color = light(rgb) ? "#000" : "#fff";
  return { ...root, button, path, rgb };
}

/** Whether black reads better on it than white: its relative luminance (WCAG 2.2) is above 0.179. */
function light([red, green, blue]: readonly [number, number, number]): boolean {
  const part = (byte: number) => (byte / 255) ** 2.2;
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue) > 0.179;
}

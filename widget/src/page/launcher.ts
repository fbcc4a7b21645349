/** The round button on the store's page, in a root of its own; what a click does is the caller's. */
import { chevronDown, message } from "../shared/icons";
import type { Launcher, LauncherFace } from "./contract";
import css from "./launcher.css?inline";
import { addRoot } from "./root";

interface LauncherOptions {
  accent: string;
  lang: string;
  label: string;
  clicked(event: MouseEvent): void;
  /** The pointer or focus is on it: the panel may be fetched. */
  near(): void;
}

export function addLauncher({ accent, lang, label, clicked, near }: LauncherOptions): Launcher {
  const root = addRoot("comptoir-launcher", css, lang);
  const button = document.createElement("button");
  button.type = "button";
  button.ariaHasPopup = "dialog";
  const path = document.createElementNS(SVG, "path");
  const badge = document.createElement("b");
  badge.ariaHidden = "true";
  const status = document.createElement("p");
  status.role = "status";
  button.append(drawing(path), badge);
  root.shadow.append(button, status);

  button.style.background = ownAccent(accent);
  const rgb = computedRgb(button);
  button.style.color = luminance(rgb) > 0.179 ? "#000" : "#fff";
  button.onclick = clicked;
  button.onpointerenter = button.onfocus = near;

  const face: LauncherFace = { expanded: false, unread: 0, label, covered: false };
  let hidden = false;
  const draw = () => {
    path.setAttribute("d", face.expanded ? chevronDown : message);
    button.ariaExpanded = String(face.expanded);
    button.ariaLabel = face.label;
    badge.hidden = !face.unread;
    badge.textContent = face.unread > 99 ? "99+" : String(face.unread);
    button.hidden = hidden || face.covered;
  };
  draw();
  return {
    accent: rgb,
    show(change) {
      Object.assign(face, change);
      draw();
    },
    announce(text) {
      status.textContent = text;
    },
    focus: () => button.focus(),
    hide(now) {
      hidden = now;
      draw();
    },
    remove: root.remove,
  };
}

const SVG = "http://www.w3.org/2000/svg";

function drawing(path: SVGPathElement): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", "26");
  svg.setAttribute("height", "26");
  svg.ariaHidden = "true";
  svg.append(path);
  return svg;
}

/** The store's own `--comptoir-accent` wins over the site's setting. */
function ownAccent(configured: string): string {
  const own = getComputedStyle(document.documentElement).getPropertyValue("--comptoir-accent").trim();
  return own && CSS.supports("color", own) ? own : configured;
}

function computedRgb(element: Element): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (
    getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? []
  ).map(Number);
  return [red, green, blue];
}

/** Relative luminance (WCAG 2.2); above 0.179 black is the better text, and either way at least 4.58. */
function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

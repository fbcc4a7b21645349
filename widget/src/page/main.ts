/**
 * The loader, served as /w.js: reads the snippet, takes the global `Comptoir`,
 * waits for the page to be done, asks for the site's configuration and draws
 * the launcher. It stores nothing and opens no socket: that begins with the
 * visitor's act, in the panel, which it imports then.
 *
 * Refused, not supported or broken: it shows nothing and the page is as without us.
 */
import { api } from "./api";
import { supported } from "./root";
import { readSettings } from "./settings";
import { Widget } from "./widget";

type Snippet = ((...call: unknown[]) => unknown) & { q?: ArrayLike<unknown>[]; loaded?: boolean };

const settings = readSettings();
const before = (window as { Comptoir?: unknown }).Comptoir;
// An element with the id "Comptoir" is a property of the window too: only a function is the snippet's.
const snippet = typeof before === "function" ? (before as Snippet) : undefined;

if (settings && supported() && !snippet?.loaded) {
  const widget = new Widget(settings);
  const call: Snippet = api(widget);
  call.loaded = true;
  (window as { Comptoir?: unknown }).Comptoir = call;
  for (const early of snippet?.q ?? []) call(...Array.from(early));
  widget.start();
}

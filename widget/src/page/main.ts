/**
 * The loader, served as /w.js: reads the snippet, takes the global `Comptoir`,
 * waits for the page to be done, asks for the site's configuration and draws
 * the launcher. It stores nothing and opens no socket: that begins with the
 * visitor's act, in the panel, which it imports then.
 *
 * Refused, not supported or broken: it shows nothing and the page is as without us.
 */
import { readSettings } from "./settings";
import { widget } from "./widget";

type Call = [verb: string, ...rest: unknown[]];
type Snippet = ((...call: Call) => unknown) & { q?: Call[]; loaded?: boolean };

const page = window as { Comptoir?: unknown };
// An element with the id "Comptoir" is a property of the window too: only a function is the snippet's.
const before = (typeof page.Comptoir === "function" ? page.Comptoir : {}) as Partial<Snippet>;
const settings = readSettings();

/** Style sheets made by script and `light-dark()`: browsers without get no widget and no error. */
const supported = "adoptedStyleSheets" in document && CSS.supports("color", "light-dark(red,red)");

if (settings && supported && !before.loaded) {
  const { verbs, start } = widget(settings);
  const call: Snippet = (verb, ...rest) => verbs[verb]?.(...rest);
  call.loaded = true;
  page.Comptoir = call;
  for (const early of before.q ?? []) call(...early);
  start();
}

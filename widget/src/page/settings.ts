/**
 * What the snippet asks: `data-` attributes of our script element, else the
 * query of its address, since tag managers inject code without either
 * `currentScript` or attributes.
 */
import type { Settings } from "./contract";

export function readSettings(): Settings | undefined {
  const script = ownScript();
  if (!script?.src) return undefined;
  const address = new URL(script.src, document.baseURI);
  const said = (name: string) => script.dataset[name] || address.searchParams.get(name) || undefined;
  const site = said("site");
  if (!site) return undefined;
  const lang = said("lang") || document.documentElement.lang || navigator.language || "";
  return {
    base: address.origin,
    site,
    lang: (lang.split("-")[0] ?? "").toLowerCase(),
    test: said("test"),
    theme: said("theme"),
    wait: said("consent") === "wait",
  };
}

function ownScript(): HTMLScriptElement | null {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement) return current;
  return document.querySelector<HTMLScriptElement>('script[src*="/w.js"]');
}

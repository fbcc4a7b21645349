/**
 * What the snippet asks: `data-` attributes of our script element, else the
 * query of its address, since tag managers inject code without either
 * `currentScript` or attributes.
 */
import type { Settings } from "./contract";

export function readSettings(): Settings | undefined {
  const script = (document.currentScript ??
    document.querySelector('[src*="/w.js"]')) as HTMLScriptElement | null;
  if (!script?.src) return undefined;
  const { origin, searchParams } = new URL(script.src);
  const said = (name: string) => script.dataset[name] || searchParams.get(name) || undefined;
  const site = said("site");
  const lang = said("lang") || document.documentElement.lang || navigator.language;
  return site ? { base: origin, site, lang: lang.slice(0, 2).toLowerCase(), said } : undefined;
}

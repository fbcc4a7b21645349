/**
 * A host element of ours on the store's page with its closed shadow root.
 *
 * Hosts are children of `<html>` (some stores transform or swap `body`), 0 × 0
 * and fixed; they are put back when the store removes them.
 */

import hostCss from "./root.css?inline";

export interface Root {
  shadow: ShadowRoot;
  remove(): void;
}

export function addRoot(name: string, css: string, lang: string): Root {
  const page = document.documentElement;
  const host = document.createElement(name);
  host.lang = lang;
  host.dir = /^(ar|fa|he|ur)/.test(lang) ? "rtl" : "ltr";
  const shadow = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(hostCss + css);
  shadow.adoptedStyleSheets = [sheet];
  page.append(host);
  const watch = new MutationObserver(() => host.isConnected || page.append(host));
  watch.observe(page, { childList: true });
  return {
    shadow,
    remove() {
      watch.disconnect();
      host.remove();
    },
  };
}

/**
 * A host element of ours on the store's page with its closed shadow root.
 *
 * Hosts are children of `<html>` (some stores transform or swap `body`), 0 × 0
 * and fixed; they are put back when the store removes them.
 */

export interface Root {
  host: HTMLElement;
  shadow: ShadowRoot;
  remove(): void;
}

export function addRoot(name: string, css: string, lang: string): Root {
  const host = document.createElement(name);
  host.lang = lang;
  host.dir = RIGHT_TO_LEFT.includes(lang) ? "rtl" : "ltr";
  const shadow = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  const place = () => {
    if (!host.isConnected) document.documentElement.append(host);
  };
  place();
  const watch = new MutationObserver(place);
  watch.observe(document.documentElement, { childList: true });
  return {
    host,
    shadow,
    remove() {
      watch.disconnect();
      host.remove();
    },
  };
}

const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

/** Whether this browser has what the widget stands on; others get no widget and no error. */
export function supported(): boolean {
  return (
    "adoptedStyleSheets" in Document.prototype &&
    CSS.supports("color", "light-dark(red, red)") &&
    !!window.WebSocket
  );
}

/**
 * Pictures whose bytes were a moment behind their name: asked for again, a few times, ever later.
 *
 * A page names a file as soon as it knows its hash and sends it when the server asks for it; the
 * agent's tab may come between.
 */

/** One more look after each of these. */
const LOOKS_MS: readonly number[] = [300, 900, 2_700, 8_000];
const OWN = "/cb/a/";

/** For a document that stands: a rebuilt one has lost its listeners. */
export function lookAgain(picture: Document): void {
  const looks = new WeakMap<Element, number>();
  picture.addEventListener(
    "error",
    ({ target }) => {
      // Of another window: told by its name, never by its class.
      const element = target as Element | null;
      const name = element?.localName === "img" ? "src" : element?.localName === "image" ? "href" : undefined;
      const address = name && element?.getAttribute(name);
      if (!element || !name || !address?.startsWith(OWN)) return;
      const look = looks.get(element) ?? 0;
      const wait = LOOKS_MS[look];
      if (wait === undefined) return;
      looks.set(element, look + 1);
      setTimeout(() => {
        if (element.isConnected && element.getAttribute(name) === address)
          element.setAttribute(name, address);
      }, wait);
    },
    true,
  );
}

/**
 * Up and down the tree of a page as one tree: through open shadow roots and frames of the same origin.
 */
export type Own = Window & typeof globalThis;

/** The window that an element is of: `instanceof` and constructors of another fail. */
export function windowOf(element: Element): Own {
  return (element.ownerDocument.defaultView ?? window) as Own;
}

const parentOf = (node: Node): Node | null => node.parentNode ?? (node as ShadowRoot).host ?? null;

/** The nearest that matches, through shadow roots. */
export function climb(element: Element, selector: string): Element | null {
  const found = element.closest(selector);
  const { host } = element.getRootNode() as ShadowRoot;
  return found ?? (host ? climb(host, selector) : null);
}

/** Whether one lies in the other, or is it. */
export function holds(outer: Node, inner: Node): boolean {
  for (let node: Node | null = inner; node; node = parentOf(node)) if (node === outer) return true;
  return false;
}

/** An element and those around it, the innermost first. */
export function lineage(element: Element | undefined): Element[] {
  const all: Element[] = [];
  for (let node: Node | null = element ?? null; node; node = parentOf(node))
    if (node.nodeType === 1) all.push(node as Element);
  return all;
}

/** What has the focus, through shadow roots and frames of the same origin. */
export function focused(from: DocumentOrShadowRoot = document): Element {
  const active = from.activeElement ?? document.body;
  const frame = (active as HTMLIFrameElement).contentDocument;
  const inner = frame ?? active.shadowRoot;
  return inner?.activeElement ? focused(inner) : active;
}

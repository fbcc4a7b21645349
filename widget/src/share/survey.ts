/**
 * What stands on a page for the preview of a site's masks: each field, and each element that a mark or a
 * selector speaks of, with what the filter makes of it; and what each selector found.
 *
 * Through open shadow roots and frames of the same origin, as the filter judges. Decides nothing itself.
 */
import type { PreviewMark, PreviewSelector, ShareSettings } from "../shared/protocol";
import type { NodeMirror, PageFilter } from "./contract";

const MARKS_MAX = 2_000;
const ROOTS_MAX = 500;
const FIELDS =
  "input:not([type=hidden i],[type=submit i],[type=button i],[type=reset i],[type=image i])," +
  "textarea,select,[contenteditable]:not([contenteditable=false i]),iframe,object,embed," +
  "[data-comptoir-mask],[data-comptoir-block],[data-comptoir-show]";

type Root = Document | ShadowRoot;

export function survey(
  doc: Document,
  settings: ShareSettings,
  filter: PageFilter,
  mirror: NodeMirror,
): { marks: PreviewMark[]; selectors: PreviewSelector[] } {
  const roots = rootsOf(doc);
  const selectors = [...new Set([...settings.mask, ...settings.block, ...settings.reveal])].map(
    (selector) => ({ selector, found: count(roots, selector) ?? null }),
  );
  const readable = selectors.filter(({ found }) => found !== null).map(({ selector }) => selector);
  const wanted = [FIELDS, ...readable].join();
  const marks: PreviewMark[] = [];
  for (const root of roots)
    for (const element of root.querySelectorAll(wanted)) {
      const node = mirror.getId(element);
      if (node > 0 && marks.length < MARKS_MAX && element.getClientRects().length)
        marks.push({ node, rank: filter.rank(element) });
    }
  return { marks, selectors };
}

/** Elements; undefined = this browser reads no selector in it. */
function count(roots: readonly Root[], selector: string): number | undefined {
  try {
    return roots.reduce((sum, root) => sum + root.querySelectorAll(selector).length, 0);
  } catch {
    return undefined;
  }
}

function rootsOf(doc: Document): Root[] {
  const roots: Root[] = [doc];
  for (let at = 0; at < roots.length; at++)
    for (const element of roots[at]?.querySelectorAll("*") ?? []) {
      const inner = element.shadowRoot ?? (element.localName === "iframe" && inside(element));
      if (inner && roots.length < ROOTS_MAX) roots.push(inner);
    }
  return roots;
}

function inside(frame: Element): Document | null {
  return (frame as HTMLIFrameElement).contentDocument;
}

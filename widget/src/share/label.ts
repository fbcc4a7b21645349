/** What an element is called in the audit and in refusals: as the visitor reads it, masked. */
import { EDITABLE, type Ranks, typeOf, upTo } from "./mask";

/** In bytes of UTF-8, as the log takes it. */
const LABEL_BYTES_MAX = 120;
const NODES_MAX = 200;

/** Where what is typed or chosen stands as text. */
const TYPED = `${EDITABLE},select,textarea`;

/** Texts, and of pictures what stands for them, below an element that are not hidden, left out or typed. */
function textOf(element: Element, ranks: Ranks): string {
  const hidden = `${ranks.masked},${ranks.blocked},${TYPED},script,style,noscript,template`;
  let text = "";
  let seen = 0;
  const walk = (node: Node) => {
    if (++seen > NODES_MAX || text.length > LABEL_BYTES_MAX) return;
    if (node.nodeType === 3) text += ` ${node.nodeValue}`;
    else if (node.nodeType === 1 && !(node as Element).matches(hidden)) {
      if ((node as Element).localName === "img") text += ` ${(node as Element).getAttribute("alt") ?? ""}`;
      node.childNodes.forEach(walk);
    }
  };
  walk(element);
  return text;
}

/** At most 120 bytes; "" for what has no name or may not be told. */
export function labelOf(element: Element, ranks: Ranks): string {
  if (upTo(element, `${ranks.masked},${ranks.blocked}`)) return "";
  const label = (element as HTMLInputElement).labels?.[0];
  const isButton = /^(?:submit|button|reset)$/.test(typeOf(element));
  const said = [
    element.getAttribute("aria-label"),
    label && textOf(label, ranks),
    isButton && element.getAttribute("value"),
    !upTo(element, TYPED) && textOf(element, ranks),
    ...["placeholder", "title", "alt"].map((name) => element.getAttribute(name)),
  ];
  const name = said.map((one) => (one || "").replace(/\s+/g, " ").trim()).find(Boolean) ?? "";
  return cut(ranks.scrubText(name));
}

function cut(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= LABEL_BYTES_MAX) return text;
  return `${new TextDecoder().decode(bytes.slice(0, LABEL_BYTES_MAX - 3)).replace(/\ufffd+$/, "")}…`;
}

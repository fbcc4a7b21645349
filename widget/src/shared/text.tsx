/**
 * A message's text as vnodes: lines kept, addresses made links, nothing else.
 *
 * Text comes from strangers: no HTML string is ever made of it, and an address
 * becomes a link only after parsing (links.ts).
 */
import type { ComponentChild } from "preact";
import { LINK_REL, safeTextLink } from "./links";

const ADDRESS = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"']+/gi;
/** Marks that end a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}»’]+$/;

export function Text({ text }: { text: string }) {
  return <>{pieces(text)}</>;
}

/** Exported for its test. */
export function pieces(text: string): ComponentChild[] {
  const out: ComponentChild[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const written = match[0].replace(TRAILING, "");
    const link = safeTextLink(written);
    if (!link) continue;
    out.push(text.slice(from, match.index));
    out.push(
      <a href={link} rel={LINK_REL} target="_blank">
        {written}
      </a>,
    );
    from = match.index + written.length;
  }
  out.push(text.slice(from));
  return out;
}

/** Which addresses from the wire may be followed or loaded: checked at drawing, whatever the server said. */

/** An address to follow: http or https after parsing; undefined = draw no link. */
export function safeLink(address: string | undefined): string | undefined {
  return parsed(address, ["http:", "https:"]);
}

/** Inside a text also mail and telephone. */
export function safeTextLink(address: string): string | undefined {
  return parsed(address, ["http:", "https:", "mailto:", "tel:"]);
}

export const LINK_REL = "noopener noreferrer nofollow ugc";

function parsed(address: string | undefined, schemes: readonly string[]): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return schemes.includes(url.protocol) ? url.href : undefined;
}

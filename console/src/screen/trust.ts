/**
 * The one exception to Trusted Types in the agent's tab: for a page without a doctype the replayer
 * writes one of two fixed ones into the picture's frame. Exactly those two pass, in that frame only.
 */

const DOCTYPES: ReadonlySet<string> = new Set([
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "">',
  '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "">',
]);

interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown;
}

export function trustDoctypes(frame: Window): void {
  const { trustedTypes } = frame as Window & { trustedTypes?: PolicyFactory };
  trustedTypes?.createPolicy("default", {
    createHTML(text) {
      if (DOCTYPES.has(text)) return text;
      throw new TypeError("only a doctype may be written into the picture");
    },
  });
}

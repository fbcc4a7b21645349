/** How a browser is told what a field takes, in the form and in the composer. */
import type { FieldKind, FieldView } from "../shared/protocol";

/** How a browser should take a field: keyboard, autofill. The server alone decides what fits. */
export function inputOf(field: FieldView) {
  return { ...TYPES[field.kind.type], ...(field.autocomplete ? { autocomplete: field.autocomplete } : {}) };
}

const TYPES = {
  text: { type: "text" },
  email: { type: "email", inputMode: "email", autocomplete: "email" },
  phone: { type: "tel", autocomplete: "tel" },
  // Not type=number: it loses what it cannot read, and a comma is a decimal here.
  number: { type: "text", inputMode: "decimal" },
  choice: { type: "text" },
  pattern: { type: "text" },
} as const satisfies Record<FieldKind["type"], object>;

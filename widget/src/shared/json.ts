/**
 * JSON as the language has it, on pages whose old libraries give every array a `toJSON` of their own:
 * that is put away for the moment of writing, and stands again after.
 */
const TO_JSON = "toJSON";
const HOLDERS: readonly object[] = [Array.prototype, Object.prototype];

export function toJson(value: unknown): string {
  const theirs = HOLDERS.map((holder) => Object.getOwnPropertyDescriptor(holder, TO_JSON));
  try {
    for (const holder of HOLDERS) Reflect.deleteProperty(holder, TO_JSON);
    return JSON.stringify(value);
  } finally {
    HOLDERS.forEach((holder, i) => {
      const its = theirs[i];
      if (its) Reflect.defineProperty(holder, TO_JSON, its);
    });
  }
}

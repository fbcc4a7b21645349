/** What stands in a field of the picture, read for a box of ours. The picture is never written to. */

/** A text of an order may have so many bytes of UTF-8. */
const TEXT_BYTES_MAX = 4 * 1024;
/** A list longer than this is no picker any more. */
const OPTIONS_MAX = 1_000;

export interface Option {
  text: string;
  disabled: boolean;
  selected: boolean;
}

export function shownIn(element: Element): string {
  if ("value" in element && typeof element.value === "string") return element.value;
  return element.textContent ?? "";
}

/** As the page's filter writes what it does not show. */
export function masked(value: string): boolean {
  return /^[•*]+$/.test(value);
}

export function optionsOf(select: HTMLSelectElement): Option[] {
  return [...select.options]
    .slice(0, OPTIONS_MAX)
    .map(({ text, disabled, selected }) => ({ text, disabled, selected }));
}

/** The beginning of a text that an order may carry, cut between characters. */
export function fitted(text: string): string {
  const encoder = new TextEncoder();
  if (encoder.encode(text).length <= TEXT_BYTES_MAX) return text;
  const buffer = new Uint8Array(TEXT_BYTES_MAX);
  const { read } = encoder.encodeInto(text, buffer);
  return text.slice(0, read);
}

/**
 * What the store keeps in the visitor's browser, as stores do: `cart` and `consent` as long as the browser
 * wants (localStorage), `order` and `placed` as long as the tab (sessionStorage). Card details never.
 *
 * Where storage is refused, all of it lives as long as the page.
 */
const inMemory = new Map();
const placeOf = (key) => (key === "cart" || key === "consent" ? localStorage : sessionStorage);

/** The text kept under a name, or null. */
export function read(key) {
  try {
    return placeOf(key).getItem(`corlieu.${key}`) ?? inMemory.get(key) ?? null;
  } catch {
    return inMemory.get(key) ?? null;
  }
}

export function write(key, value) {
  inMemory.set(key, value);
  try {
    placeOf(key).setItem(`corlieu.${key}`, value);
  } catch {
    // Kept for this page only.
  }
}

/** The object kept under a name; an empty one for what is missing or unreadable. */
export function readObject(key) {
  try {
    const kept = JSON.parse(read(key) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

export const writeObject = (key, value) => write(key, JSON.stringify(value));

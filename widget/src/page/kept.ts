/** The two storages of the page behind one face that never throws; refused ones last as long as the page. */
import type { Kept } from "./contract";

export function kept(name: "localStorage" | "sessionStorage", key: string): Kept {
  let memory: string | null = null;
  const attempt = (act: (storage: Storage) => unknown) => {
    try {
      return act(window[name]);
    } catch {
      return undefined;
    }
  };
  return {
    read: () => (attempt((storage) => storage.getItem(key)) as string | null | undefined) ?? memory,
    write(value) {
      memory = value;
      attempt((storage) => storage.setItem(key, value));
    },
    remove() {
      memory = null;
      attempt((storage) => storage.removeItem(key));
    },
  };
}

/** What was kept as JSON; anything unreadable counts as nothing. */
export function readKept<Value extends object>(from: Kept): Partial<Value> {
  try {
    const value: unknown = JSON.parse(from.read() ?? "{}");
    return typeof value === "object" && value !== null ? (value as Partial<Value>) : {};
  } catch {
    return {};
  }
}

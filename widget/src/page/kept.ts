/** One key of a storage behind a face that never throws: in private mode nothing is kept, and nothing breaks. */

export interface Kept {
  read(): unknown;
  write(value: unknown): void;
  remove(): void;
}

export function kept(name: "localStorage" | "sessionStorage", key: string): Kept {
  const attempt = (act: (storage: Storage) => unknown) => {
    try {
      return act(window[name]);
    } catch {
      return undefined;
    }
  };
  return {
    read: () => attempt((storage) => JSON.parse(storage.getItem(key) || "null")),
    write: (value) => attempt((storage) => storage.setItem(key, JSON.stringify(value))),
    remove: () => attempt((storage) => storage.removeItem(key)),
  };
}

/** The merchant's handlers. One that throws breaks neither us nor the others. */

export type Handler = (detail: unknown) => void;

export class Handlers {
  #byName = new Map<string, Set<Handler>>();

  on(name: string, handler: Handler): () => void {
    const set = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, set.add(handler));
    return () => this.off(name, handler);
  }

  off(name: string, handler: Handler): void {
    this.#byName.get(name)?.delete(handler);
  }

  emit(name: string, detail?: unknown): void {
    for (const handler of this.#byName.get(name) ?? []) {
      try {
        handler(detail);
      } catch (fault) {
        // Theirs to see, as if it had been thrown from an event listener; not ours to stop at.
        setTimeout(() => {
          throw fault;
        });
      }
    }
  }
}

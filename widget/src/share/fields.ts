/**
 * States of fields that no event of the recorder tells: `change` stays inside its shadow root, and some
 * libraries set a field past the setters that the recorder watches. So fields are looked at, too.
 */
import type { NodeMirror } from "./contract";

const FIELDS = "input,select,textarea";
/** After what may have changed a field by script. */
const LOOK_AFTER_MS = 250;
const ROOTS_MAX = 200;

type Field = HTMLInputElement & HTMLSelectElement;

const stateOf = ({ value, checked, selectedIndex }: Field) => `${checked} ${selectedIndex} ${value}`;

export class Fields {
  readonly #mirror: NodeMirror;
  readonly #changed: (id: number, text: string, isChecked: boolean) => void;
  readonly #known = new WeakMap<Element, string>();
  /** Whether the state of their fields is known from the picture. */
  readonly #roots = new Map<ParentNode, boolean>([[document, true]]);
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** `touched` is called where a visitor or an agent may have changed one: look in the next task. */
  constructor(
    mirror: NodeMirror,
    changed: (id: number, text: string, isChecked: boolean) => void,
    touched: () => void,
    signal: AbortSignal,
  ) {
    this.#mirror = mirror;
    this.#changed = changed;
    const heard = (event: Event) => {
      for (const node of event.composedPath() as Node[])
        if (node.nodeType === 11 && this.#roots.size < ROOTS_MAX && !this.#roots.has(node as ShadowRoot))
          this.#roots.set(node as ShadowRoot, false);
      touched();
    };
    for (const name of ["input", "change", "click"])
      document.addEventListener(name, heard, { capture: true, passive: true, signal });
    signal.addEventListener("abort", () => clearTimeout(this.#soon));
    this.look();
  }

  /** The recorder has told of it. */
  told(id: number): void {
    const field = this.#mirror.getNode(id) as Field | null;
    if (field) this.#known.set(field, stateOf(field));
  }

  lookSoon(): void {
    this.#soon ??= setTimeout(() => this.look(), LOOK_AFTER_MS);
  }

  /** Tells what differs from what was seen before; what is seen for the first time was in the picture. */
  look(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    for (const [root, known] of this.#roots) {
      if (root.isConnected) this.#roots.set(root, true);
      else this.#roots.delete(root);
      for (const field of root.querySelectorAll<Field>(FIELDS)) {
        const before = this.#known.get(field);
        const now = stateOf(field);
        if (before === now) continue;
        this.#known.set(field, now);
        const id = this.#mirror.getId(field);
        if ((before !== undefined || !known) && id > 0) this.#changed(id, field.value, !!field.checked);
      }
    }
  }
}

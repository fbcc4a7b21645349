/**
 * What the panel keeps in the browser, from the visitor's first act on and not
 * before: the token and the open conversation for the store, draft, scroll,
 * unsent commands for the tab. No message that was sent is kept.
 */
import type { Host, KeptTab, KeptVisitor } from "../page/contract";

export class Memory {
  /** The visitor has acted: from now on things may be stored. */
  acted: boolean;
  #host: Host;
  #tab: KeptTab;
  #visitor: KeptVisitor;

  constructor(host: Host) {
    this.#host = host;
    this.#tab = { ...(host.tab.read() as KeptTab) };
    this.#visitor = { ...(host.visitor.read() as KeptVisitor) };
    this.acted = this.#tab.tab !== undefined;
  }

  get tab(): Readonly<KeptTab> {
    return this.#tab;
  }

  /** As another tab may have changed it: read again each time. */
  get visitor(): Readonly<KeptVisitor> {
    if (this.acted) this.#visitor = { ...this.#visitor, ...(this.#host.visitor.read() as KeptVisitor) };
    return this.#visitor;
  }

  keepTab(change: { [Key in keyof KeptTab]?: KeptTab[Key] | undefined }): void {
    this.#tab = merged(this.#tab, change);
    if (this.acted) this.#host.tab.write(this.#tab);
  }

  keepVisitor(change: { [Key in keyof KeptVisitor]?: KeptVisitor[Key] | undefined }): void {
    this.#visitor = merged(this.visitor, change);
    if (this.acted) this.#host.visitor.write(this.#visitor);
  }

  forget(): void {
    this.acted = false;
    this.#host.tab.remove();
    this.#host.visitor.remove();
  }
}

function merged<Value extends object>(value: Value, change: Partial<Record<keyof Value, unknown>>): Value {
  const all = { ...value, ...change };
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined)) as Value;
}

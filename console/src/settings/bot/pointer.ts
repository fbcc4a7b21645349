/**
 * Places in a bot's definition as pointers (`/steps/2/buttons/0/goto`), lists counted from 0.
 *
 * One address serves all: a field writes by it, a problem of the server's names it, and a jump finds
 * the field that carries it. Every change makes a new value and shares what it left alone.
 */

type Node = Record<string, unknown> | unknown[];

export function keysOf(pointer: string): string[] {
  return pointer.split("/").slice(1);
}

/** What stands there, or nothing. */
export function read(root: unknown, pointer: string): unknown {
  let here = root;
  for (const key of keysOf(pointer)) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** Writes one place; `undefined` takes a key away. What is missing on the way there is made. */
export function written<Root>(root: Root, pointer: string, value: unknown): Root {
  return writtenBy(root, keysOf(pointer), value) as Root;
}

function writtenBy(here: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const copy: Node = Array.isArray(here) ? [...here] : { ...(here as Record<string, unknown> | undefined) };
  const inside = writtenBy((copy as Record<string, unknown>)[key], rest, value);
  if (inside === undefined && !Array.isArray(copy)) delete copy[key];
  else (copy as Record<string, unknown>)[key] = inside;
  return copy;
}

/** Changes the list that stands there. */
export function relisted<Root>(
  root: Root,
  pointer: string,
  change: (list: readonly unknown[]) => unknown[],
): Root {
  const list = read(root, pointer);
  return written(root, pointer, change(Array.isArray(list) ? list : []));
}

/** The pointer itself, or a place inside it. */
export function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

/** The pointer and what it lies in, the nearest first. */
export function outwards(pointer: string): string[] {
  const keys = keysOf(pointer);
  return keys.map((_, cut) => `/${keys.slice(0, keys.length - cut).join("/")}`);
}

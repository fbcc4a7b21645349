/** Ids that a browser makes: UUID version 7, so that those of one browser sort roughly by time in an index. */

export function newId(now: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const stamp = now.toString(16).padStart(12, "0");
  const variant = "89ab".charAt((random[0] ?? 0) & 3);
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex.slice(1, 4)}-${variant}${hex.slice(4, 7)}-${hex.slice(8, 20)}`;
}

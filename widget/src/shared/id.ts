/** Ids that a browser makes: UUID version 7, so that those of one browser sort roughly by time in an index. */

export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  const random = [...bytes].map((byte) => (byte + 256).toString(16).slice(1)).join("");
  const id = `${now.toString(16).padStart(12, "0")}7${random.slice(0, 3)}a${random.slice(3)}`;
  return id.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** A definition as a file: read from one, or kept as one. */
import { t } from "../../words";

/** What the server takes; a larger file is not even shown. */
const FILE_BYTES_MAX = 512 * 1024;

export type Read = { text: string } | { fault: string };

export async function textOf(file: File): Promise<Read> {
  if (file.size > FILE_BYTES_MAX) return { fault: t("bot_file_too_large", { name: file.name }) };
  const text = await file.text();
  return text.includes("\0") ? { fault: t("bot_file_no_text", { name: file.name }) } : { text };
}

/** Offers a text as a download. */
export function keep(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/toml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A comment somewhere outside of its texts; the forms cannot keep it. */
export function hasComments(toml: string): boolean {
  const bare = toml
    .replace(/"""[\s\S]*?"""|'''[\s\S]*?'''/g, "")
    .replace(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/g, "");
  return bare.includes("#");
}

/** Which parts of a title the typed words match, accents and case aside. Pure. */

export interface Piece {
  text: string;
  hit: boolean;
}

export function highlighted(title: string, query: string): Piece[] {
  const wanted = words(fold(query));
  if (wanted.length === 0) return [{ text: title, hit: false }];
  const pieces: Piece[] = [];
  // Folding letter by letter keeps the places of the title's own letters.
  for (const part of title.split(/(?<=[^\p{L}\p{N}])|(?=[^\p{L}\p{N}])/u)) {
    const folded = fold(part);
    const match = wanted.filter((word) => folded.startsWith(word)).sort((a, b) => b.length - a.length)[0];
    if (match === undefined) push(pieces, part, false);
    else {
      const end = lettersFor(part, match.length);
      push(pieces, part.slice(0, end), true);
      push(pieces, part.slice(end), false);
    }
  }
  return pieces;
}

function push(pieces: Piece[], text: string, hit: boolean): void {
  if (text === "") return;
  const last = pieces.at(-1);
  if (last?.hit === hit) last.text += text;
  else pieces.push({ text, hit });
}

/** How many units of the written word make so many folded ones (`œ` folds to two). */
function lettersFor(part: string, folded: number): number {
  for (let end = 1; end <= part.length; end += 1) {
    if (fold(part.slice(0, end)).length >= folded) return end;
  }
  return part.length;
}

/** Accents and case aside, ligatures parted. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae");
}

function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

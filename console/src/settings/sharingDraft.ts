/** How a site shares its pages, as it stands in a form and as the server takes it. Pure. */
import type { ShareSettings, ShowLevel } from "../shared";

export const SHOW_LEVELS: readonly ShowLevel[] = ["none", "choices", "all"];

/** Lists are one entry a line. */
export interface SharingDraft {
  see: boolean;
  point: boolean;
  control: boolean;
  offPaths: string;
  seeOnlyPaths: string;
  show: ShowLevel;
  mask: string;
  block: string;
  reveal: string;
}

export function sharingDraftOf(settings: ShareSettings): SharingDraft {
  const text = (list: readonly string[]) => list.join("\n");
  return {
    see: settings.see,
    point: settings.point,
    control: settings.control,
    offPaths: text(settings.off_paths),
    seeOnlyPaths: text(settings.see_only_paths),
    show: settings.show,
    mask: text(settings.mask),
    block: text(settings.block),
    reveal: text(settings.reveal),
  };
}

export function settingsOf(draft: SharingDraft): ShareSettings {
  const list = (text: string) => [...new Set(text.split("\n").map((line) => line.trim()))].filter(Boolean);
  return {
    see: draft.see,
    point: draft.point,
    control: draft.control,
    off_paths: list(draft.offPaths),
    see_only_paths: list(draft.seeOnlyPaths),
    show: draft.show,
    mask: list(draft.mask),
    block: list(draft.block),
    reveal: list(draft.reveal),
  };
}

/** As the server takes them. */
const LINES_MAX = 100;
const LINE_BYTES_MAX = 200;

/** Too many lines, or the beginning of one that is too long. */
export function tooMuch(text: string): { many: number } | { long: string; most: number } | undefined {
  const all = lines(text);
  if (all.length > LINES_MAX) return { many: LINES_MAX };
  const long = all.find((line) => new TextEncoder().encode(line).length > LINE_BYTES_MAX);
  return long === undefined ? undefined : { long: long.slice(0, 40), most: LINE_BYTES_MAX };
}

/** The first line that is no path of the store. */
export function strangePath(text: string): string | undefined {
  return lines(text).find((line) => !/^\/[^\s?#*]*\*?$/.test(line));
}

/** The first line that a browser would not take as a selector. */
export function strangeSelector(text: string, takes: (selector: string) => boolean): string | undefined {
  return lines(text).find((line) => /[{}]/.test(line) || !takes(line));
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** What every form of the bot's editor shares: the definition, the language shown, and the ways to change both. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { BotDefinition, BotProblem, FaqUsage, SiteId } from "../../shared";
import type { Edit } from "./reducer";

export interface Editing {
  site: SiteId;
  definition: BotDefinition;
  /** Whose texts are shown and written. */
  lang: string;
  /** The first of the bot's languages. */
  standard: string;
  problems: readonly BotProblem[];
  /** By question; absent until it is known. */
  usage: ReadonlyMap<string, FaqUsage> | undefined;
  edit: (...edits: Edit[]) => void;
  /** Of each list the one piece that is a form, the others are rows. */
  open: Readonly<Record<string, number | undefined>>;
  setOpen: (list: string, place: number | undefined) => void;
  /** Shows a place: its tab, its language, its card, the focus in its field. */
  goTo: (pointer: string) => void;
}

export const EditingContext = createContext<Editing | undefined>(undefined);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error("a form of the bot's editor stands outside of it");
  return editing;
}

/** What the check found at a place, below its field: errors plainly, warnings in a quieter colour. */
import type { BotProblem } from "../../shared";
import { languageName } from "../SiteFields";
import { useEditing } from "./editing";
import { isError, languageOf, within } from "./found";
import { problemWords } from "./problemWords";

export function useSaid(at: string): BotProblem[] {
  return within(useEditing().problems, at);
}

/** The same problem in several languages is one line. */
export function Said({ problems, id }: { problems: readonly BotProblem[]; id?: string }) {
  const { lang, definition } = useEditing();
  if (problems.length === 0) return null;
  const of = (problem: BotProblem) => {
    const other = languageOf(problem, definition.languages);
    return other === undefined || other === lang ? "" : `${languageName(other)} · `;
  };
  return (
    <ul class="bot-said" {...(id ? { id } : {})}>
      {problems.map((problem, place) => (
        <li key={place} class={isError(problem) ? "field-error" : "bot-warned"}>
          {of(problem)}
          {problemWords(problem)}
        </li>
      ))}
    </ul>
  );
}

export function SaidAt({ at, id }: { at: string; id?: string }) {
  return <Said problems={useSaid(at)} {...(id ? { id } : {})} />;
}

/** What is said of a place as a whole, where its parts say their own. */
export function SaidOf({ at }: { at: string }) {
  const { problems } = useEditing();
  return <Said problems={problems.filter((problem) => problem.pointer === at)} />;
}

/** What a control needs to be found by a jump and tied to what is said of it. */
export function tied(at: string, id: string, problems: readonly BotProblem[], hint = false) {
  const ids = [problems.length > 0 ? `${id}-said` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return {
    id,
    "data-at": at,
    ...(ids ? { "aria-describedby": ids } : {}),
    ...(problems.some(isError) ? { "aria-invalid": true } : {}),
  };
}

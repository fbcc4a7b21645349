/**
 * The ways in which visitors ask one thing: Enter begins the next, several pasted lines become several.
 *
 * The last line is always an empty one; it is in no definition.
 */
import { useId } from "preact/hooks";
import type { FaqDefinition } from "../../shared";
import { Icon, icons } from "../../shared";
import { t } from "../../words";
import { languageName } from "../SiteFields";
import { useEditing } from "./editing";
import { SaidAt, SaidOf } from "./Said";

export const QUESTIONS_MAX = 30;
const QUESTION_CHARS_MAX = 200;

/** Lines of a paste, in place of the one that they were pasted into. */
export function withPasted(list: readonly string[], place: number, pasted: string): string[] {
  const lines = pasted
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^[-*•]\s+/, "").trim())
    .filter((line) => line !== "");
  const before = list.slice(0, list[place] ? place + 1 : place);
  const after = list.slice(place + 1);
  // Of too many, what was there before stays.
  const room = Math.max(0, QUESTIONS_MAX - before.length - after.length);
  return [...before, ...lines.slice(0, room), ...after];
}

export function Questions({ at, faq }: { at: string; faq: FaqDefinition }) {
  const { lang, standard, edit } = useEditing();
  const heading = useId();
  const list = faq.questions[lang] ?? [];
  const others = faq.questions[standard] ?? [];
  const here = `${at}/questions/${lang}`;
  const put = (next: readonly string[]) =>
    edit({ type: "set", at: here, value: next.length === 0 ? undefined : next });
  const focus = (place: number) =>
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-question="${here}/${place}"]`)?.focus(),
    );
  const type = (place: number, text: string) => {
    if (place < list.length) edit({ type: "set", at: `${here}/${place}`, value: text });
    else if (text !== "") put([...list, text]);
  };
  const drop = (place: number) => {
    put(list.filter((_, one) => one !== place));
    focus(Math.max(0, place - 1));
  };
  const shown = list.length < QUESTIONS_MAX ? [...list, ""] : list;
  return (
    <fieldset class="bot-questions" data-at={`${at}/questions`} tabIndex={-1}>
      <legend class="bot-label">
        <span class="field-label" id={heading}>
          {t("bot_questions")}
        </span>
        {lang !== standard && list.length === 0 && others.length > 0 && (
          <span class="chip chip-note">{t("bot_missing", { language: languageName(lang) })}</span>
        )}
      </legend>
      <ul>
        {shown.map((question, place) => (
          <li key={place}>
            <div class="bot-question">
              <input
                class="input"
                lang={lang}
                maxLength={QUESTION_CHARS_MAX}
                aria-label={t("bot_question_number", { number: place + 1 })}
                data-question={`${here}/${place}`}
                data-at={`${here}/${place}`}
                value={question}
                placeholder={others[place] ?? t(place === list.length ? "bot_question_next" : "bot_question")}
                onInput={(event) => type(place, event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && !event.isComposing) {
                    event.preventDefault();
                    if (question !== "") focus(place + 1);
                  } else if (event.key === "Backspace" && question === "" && place > 0) {
                    event.preventDefault();
                    if (place < list.length) drop(place);
                    else focus(place - 1);
                  }
                }}
                onPaste={(event) => {
                  const pasted = event.clipboardData?.getData("text/plain") ?? "";
                  if (!/[\r\n]/.test(pasted.trim())) return;
                  event.preventDefault();
                  const next = withPasted(list, place, pasted);
                  put(next);
                  focus(next.length);
                }}
              />
              {place < list.length && (
                <button
                  type="button"
                  class="icon-button bot-small-icon"
                  aria-label={t("bot_question_delete", { number: place + 1 })}
                  onClick={() => drop(place)}
                >
                  <Icon d={icons.close} size={16} />
                </button>
              )}
            </div>
            {place < list.length && <SaidAt at={`${here}/${place}`} />}
          </li>
        ))}
      </ul>
      <p class="field-hint">{t("bot_questions_hint")}</p>
      <OtherSaid at={`${at}/questions`} here={here} />
    </fieldset>
  );
}

/** What is said of the questions as a whole, or of another language's. */
function OtherSaid({ at, here }: { at: string; here: string }) {
  const { definition } = useEditing();
  return (
    <>
      <SaidOf at={at} />
      <SaidOf at={here} />
      {definition.languages.map(
        (code) => `${at}/${code}` !== here && <SaidAt key={code} at={`${at}/${code}`} />,
      )}
    </>
  );
}

/** Under an answer: why the bot gave it, and the way to keep it as a test. */
import type { BotDefinition, BotWhy, FaqScore } from "../../../shared";
import { Icon, icons } from "../../../shared";
import { lang, t } from "../../../words";
import { faqName } from "../../understood/edits";
import { quoted, rungOf, verdictOf } from "./why";

interface WhyProps {
  why: BotWhy | undefined;
  definition: BotDefinition | undefined;
  onTest?: (() => void) | undefined;
}

export function Why({ why, definition, onTest }: WhyProps) {
  return (
    <div class="try-why">
      {why && (
        <details>
          <summary>
            {t("try_why")} <span>{rungWords(why)}</span>
          </summary>
          <Reason why={why} definition={definition} />
        </details>
      )}
      {onTest && (
        <button type="button" class="link-button try-keep" onClick={onTest}>
          <Icon d={icons.check} size={14} />
          {t("try_keep")}
        </button>
      )}
    </div>
  );
}

function rungWords(why: BotWhy): string {
  const rung = rungOf(why);
  return rung ? t(`rung_${rung}`) : why.rung;
}

function Reason({ why, definition }: { why: BotWhy; definition: BotDefinition | undefined }) {
  const best = why.best ?? [];
  const rung = rungOf(why);
  const word = quoted(why.because);
  return (
    <div class="try-reason">
      {rung && <p>{t(`rung_${rung}_text`)}</p>}
      {word !== undefined && best.length === 0 && (
        <p>
          <q>{word}</q>
        </p>
      )}
      {best.length > 0 && (
        <ul>
          {best.map((score) => (
            <li key={score.faq}>
              <Score score={score} why={why} definition={definition} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface ScoreProps {
  score: FaqScore;
  why: BotWhy;
  definition: BotDefinition | undefined;
}

function Score({ score, why, definition }: ScoreProps) {
  const faq = definition?.faq.find((one) => one.id === score.faq);
  const verdict = verdictOf(score, why, definition);
  const words = score.words ?? [];
  const looks = { answers: "chip chip-ok", offers: "chip chip-note", silent: "chip" };
  return (
    <>
      <bdi>{faq && definition ? faqName(faq, lang.value, definition) : score.faq}</bdi>{" "}
      <span class={looks[verdict]}>{t(`verdict_${verdict}`)}</span>
      {words.length > 0 && <span class="quiet"> {t("try_words", { words: words.join(", ") })}</span>}
    </>
  );
}

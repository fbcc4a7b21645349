/**
 * Why the bot said it: the rung that decided, what it was decided by, and the FAQs that came
 * nearest, in words and never in numbers. A chunk that comes when somebody asks.
 */
import { quoted, rungOf, type Verdict, verdictOf } from "../settings/bot/try/why";
import type { BotWhy, FaqScore } from "../shared";
import { t } from "../words";

const LOOKS: Record<Verdict, string> = { answers: "chip chip-ok", offers: "chip chip-note", silent: "chip" };

export function Because({ why }: { why: BotWhy }) {
  const rung = rungOf(why);
  const best = why.best ?? [];
  const word = best.length === 0 ? quoted(why.because) : undefined;
  return (
    <div class="because">
      <p>
        {rung ? t(`rung_${rung}_text`) : why.because} {word !== undefined && <q>{word}</q>}
      </p>
      {best.length > 0 && (
        <ul>
          {best.map((score) => (
            <Near key={score.faq} score={score} why={why} />
          ))}
        </ul>
      )}
      <p>{t("why_version", { version: why.version })}</p>
    </div>
  );
}

/** Agents do not read the definition: an FAQ is told by the name that it has there. */
function Near({ score, why }: { score: FaqScore; why: BotWhy }) {
  const verdict = verdictOf(score, why, undefined);
  const words = score.words ?? [];
  return (
    <li>
      <bdi>{score.faq}</bdi> <span class={LOOKS[verdict]}>{t(`verdict_${verdict}`)}</span>{" "}
      {words.length > 0 && t("try_words", { words: words.join(", ") })}
    </li>
  );
}

/** One question to the visitor. It never takes the focus: who is typing must not agree by a space. */
import type { ShareT } from "../words/share";
import type { Question } from "./contract";
import { questionTitle, questionWords } from "./words";

interface CardProps {
  question: Question;
  seconds: number;
  /** Something lies over it: a press would not count. */
  covered: boolean;
  t: ShareT;
  answer(event: Event, granted: boolean): void;
}

export function Card({ question, seconds, covered, t, answer }: CardProps) {
  const go = question.about === "go";
  return (
    <section class="card" role="alertdialog" aria-labelledby="title" aria-describedby="words">
      <h2 id="title">
        <bdi>{questionTitle(question, t)}</bdi>
      </h2>
      <div id="words">
        {questionWords(question, t).map((words) => (
          <p key={words}>{words}</p>
        ))}
      </div>
      <p class={covered ? "left covered" : "left"}>
        {covered ? t("covered") : t("seconds", { count: seconds })}
      </p>
      <div class="answers">
        <button type="button" onClick={(event) => answer(event, false)}>
          {t("refuse")}
        </button>
        <button type="button" onClick={(event) => answer(event, true)}>
          {t(go ? "go_agree" : "agree")}
        </button>
      </div>
    </section>
  );
}

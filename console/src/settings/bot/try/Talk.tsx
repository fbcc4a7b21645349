/** The talk itself: what the bot said, what the visitor did, why, and where it led. */
import { useEffect, useRef } from "preact/hooks";
import { type BotDefinition, type BotPreview, Icon, icons, type PreviewInput } from "../../../shared";
import { t } from "../../../words";
import { saidAt } from "./expect";
import { Turn } from "./Turn";
import type { Talk as TalkOf } from "./usePreview";
import { Why } from "./Why";

interface TalkProps {
  talk: TalkOf;
  definition: BotDefinition | undefined;
  onTest: (answer: number) => void;
}

export function TalkLog({ talk, definition, onTest }: TalkProps) {
  const log = useRef<HTMLDivElement>(null);
  const { answered, inputs } = talk;
  const count = inputs.length;
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [count, answered]);
  const preview = answered?.preview;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach what it hides
    <div class="try-log" ref={log} role="log" aria-label={t("try_log")} tabIndex={0}>
      {preview && (
        <>
          <Answer talk={talk} preview={preview} place={0} definition={definition} onTest={onTest} />
          {inputs.map((input, place) => (
            <Exchange
              key={place}
              talk={talk}
              preview={preview}
              input={input}
              place={place}
              definition={definition}
              onTest={onTest}
            />
          ))}
          {preview.rating && preview.turns.some((one) => one.outcome === "waiting") && (
            <p class="try-notice">{t("try_rating", { ask: preview.rating.ask })}</p>
          )}
        </>
      )}
      {talk.waiting && (
        <p class="try-waiting">
          <span class="dots" aria-hidden="true">
            <span />
            <span />
            <span />
          </span>
          <span class="only-read">{t("loading")}</span>
        </p>
      )}
    </div>
  );
}

interface ExchangeProps extends TalkProps {
  preview: BotPreview;
  place: number;
}

function Exchange({ input, ...rest }: ExchangeProps & { input: PreviewInput }) {
  return (
    <>
      <Did preview={rest.preview} inputs={rest.talk.inputs} input={input} place={rest.place} />
      <Answer {...rest} place={rest.place + 1} />
    </>
  );
}

interface DidProps {
  preview: BotPreview;
  inputs: readonly PreviewInput[];
  input: PreviewInput;
  place: number;
}

function Did({ preview, inputs, input, place }: DidProps) {
  switch (input.type) {
    case "text":
    case "button":
    case "form":
      return (
        <p class="try-bubble try-mine" dir="auto">
          <span class="only-read">{t("try_visitor")} </span>
          {saidAt(preview, inputs, place) ?? t("try_button_gone")}
        </p>
      );
    case "document":
      return (
        <p class="try-bubble try-mine">
          <Icon d={icons.file} size={16} /> {t("try_did_document")}
        </p>
      );
    case "waited_too_long":
    case "nobody_left":
      return <p class="try-notice">{t(`try_did_${input.type}`)}</p>;
  }
}

function Answer({ talk, preview, place, definition, onTest }: ExchangeProps) {
  const answer = preview.turns[place];
  if (!answer) return null;
  const { turn, why, outcome, fields = [] } = answer;
  // What came after belongs to the visitor: buttons of an earlier turn are gone.
  const latest = talk.inputs.length === place || nothingSince(preview, talk.inputs.length, place);
  const wrong = latest ? (preview.turns[talk.inputs.length]?.fields ?? []) : [];
  const said = place > 0 && saidAt(preview, talk.inputs, place - 1) !== undefined;
  return (
    <div class="try-answer">
      {turn && <Turn turn={turn} latest={latest} wrong={wrong} onSay={talk.say} />}
      {outcome && (
        <p class="try-notice">
          <Icon d={outcome === "waiting" ? icons.user : icons.check} size={16} />{" "}
          {t(`try_outcome_${outcome}`)}
        </p>
      )}
      {!turn && !outcome && place > 0 && (
        <p class="try-notice">{t(fields.length > 0 ? "try_form_wrong" : "try_silent")}</p>
      )}
      {place > 0 && (why || said) && (
        <Why
          why={why}
          definition={definition}
          onTest={said && definition ? () => onTest(place) : undefined}
        />
      )}
    </div>
  );
}

/** Later inputs that the bot answered with nothing leave its last turn in use. */
function nothingSince(preview: BotPreview, count: number, place: number): boolean {
  for (let later = place + 1; later <= count; later++) {
    const answer = preview.turns[later];
    if (!answer || answer.turn || answer.outcome) return false;
  }
  return true;
}

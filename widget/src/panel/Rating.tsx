/**
 * How it was: asked once after the close, in stars or thumbs, with a comment
 * for those who want. It stands until it is answered or passed over; the
 * composer beside it begins a new conversation meanwhile as ever.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import { check, star, thumbDown, thumbUp } from "../shared/icons";
import type { ConversationHead, RatingView } from "../shared/protocol";
import { rateWords } from "../words/rate";
import { useAround } from "./around";

/** Characters of a comment: the server takes 2 KiB, and a character is up to four bytes. */
const COMMENT_CHARS_MAX = 500;
const STARS = [1, 2, 3, 4, 5];

interface RatingProps {
  head: ConversationHead;
  rated: boolean;
}

export function Rating({ head, rated }: RatingProps) {
  const { chat, lang } = useAround();
  const words = rateWords(lang);
  const [passed, setPassed] = useState(chat.memory.tab.unrated === head.id);
  const at = useRef<HTMLDivElement>(null);
  // The question goes away: the composer takes the focus that it had.
  const leave = () => {
    const root = at.current?.getRootNode() as ShadowRoot | undefined;
    root?.querySelector<HTMLElement>("[data-composer]")?.focus({ preventScroll: true });
  };
  const pass = () => {
    chat.memory.keepTab({ unrated: head.id });
    setPassed(true);
    leave();
  };
  const send = (rating: number, comment: string) => {
    const clean = comment.toWellFormed().replaceAll("\0", "").trim();
    chat.say({ type: "rate", rating, comment: clean }, "", "rate");
    leave();
  };
  const asked = !rated && !passed && head.rating;
  useEffect(() => {
    chat.memory.keepTab({ asked: asked ? head.id : undefined });
  }, [!asked]);
  return (
    <div ref={at}>
      <div role="status">
        {rated && (
          <p class="rate-thanks">
            <Icon d={check} size={16} /> {words("rate_thanks")}
          </p>
        )}
      </div>
      {asked && <Question view={asked} send={send} pass={pass} />}
    </div>
  );
}

interface QuestionProps {
  view: RatingView;
  send(rating: number, comment: string): void;
  pass(): void;
}

function Question({ view, send, pass }: QuestionProps) {
  const { chat, lang } = useAround();
  const words = rateWords(lang);
  const [rating, setRating] = useState(0);
  const [comment, setComment] = useState("");
  const [missing, setMissing] = useState(false);
  const sending = chat.view.pending.some((one) => one.command.command.type === "rate" && !one.failed);
  const submit = (event: Event) => {
    event.preventDefault();
    setMissing(rating === 0);
    if (rating > 0 && !sending) send(rating, comment);
  };
  return (
    <form class="rate-ask" onSubmit={submit} noValidate>
      <fieldset>
        <legend>{view.ask}</legend>
        <Scale view={view} rating={rating} choose={setRating} />
      </fieldset>
      {missing && rating === 0 && <p class="wrong">{words("rate_choose")}</p>}
      {view.comment && rating > 0 && (
        <label class="rate-comment">
          <span>
            {words("rate_comment")} <small>({words("rate_optional")})</small>
          </span>
          <textarea
            rows={2}
            maxLength={COMMENT_CHARS_MAX}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
        </label>
      )}
      <div class="rate-acts">
        <button type="submit" class="rate-send" aria-disabled={sending}>
          {words(sending ? "rate_sending" : "rate_send")}
        </button>
        <button type="button" class="link" onClick={pass}>
          {words("rate_skip")}
        </button>
      </div>
    </form>
  );
}

interface ScaleProps {
  view: RatingView;
  rating: number;
  choose(rating: number): void;
}

/** Radio buttons in either case: the arrows move, the name says what each means. */
function Scale({ view, rating, choose }: ScaleProps) {
  const words = rateWords(useAround().lang);
  const options =
    view.scale === "five"
      ? STARS.map((count) => ({ value: count, label: words("rate_star", { count }), icon: star }))
      : [
          { value: 5, label: words("rate_up"), icon: thumbUp },
          { value: 1, label: words("rate_down"), icon: thumbDown },
        ];
  return (
    <div class={`rate-scale ${view.scale}`}>
      {options.map(({ value, label, icon }) => (
        <label key={value} class={isLit(view, value, rating) ? "lit" : ""} title={label}>
          <input
            type="radio"
            name="rating"
            value={value}
            checked={rating === value}
            aria-label={label}
            onChange={() => choose(value)}
          />
          <Icon d={icon} size={24} />
        </label>
      ))}
    </div>
  );
}

/** Stars fill up to the one chosen; of the thumbs only the chosen one. */
function isLit({ scale }: RatingView, value: number, rating: number): boolean {
  return scale === "five" ? value <= rating : value === rating;
}

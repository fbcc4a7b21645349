/** Texts that are alike and that the bot did not know, with what can be done about them in one click. */
import { useId, useState } from "preact/hooks";
import { address } from "../../router";
import { type BotDefinition, format, Icon, icons, type TextExample, type TextGroup } from "../../shared";
import { lang, t } from "../../words";
import { faqName, fitsAsQuestion, folded, QUESTION_CHARS_MAX, QUESTION_CHARS_MIN } from "./edits";

/** Ticked at first: enough for the bot to learn from, few enough to be read. */
const TICKED_MAX = 5;
/** Shown before "all of them". */
const SHOWN_MAX = 4;

export type Does = "add" | "choose" | "make" | "test" | "aside";

interface GroupProps {
  group: TextGroup;
  definition: BotDefinition | undefined;
  /** Folded texts that the draft has already. */
  known: ReadonlySet<string>;
  busy: boolean;
  onDo: (does: Does, texts: string[]) => void;
}

export function GroupCard({ group, definition, known, busy, onDo }: GroupProps) {
  const heading = useId();
  const usable = group.examples.filter((one) => fitsAsQuestion(one.text) && !known.has(folded(one.text)));
  const [unticked, setUnticked] = useState<ReadonlySet<string>>(
    () => new Set(usable.slice(TICKED_MAX).map((one) => one.text)),
  );
  const [all, setAll] = useState(false);
  const ticked = usable.filter((one) => !unticked.has(one.text)).map((one) => one.text);
  const shown = all ? group.examples : group.examples.slice(0, SHOWN_MAX);
  const nearest = definition?.faq.find((faq) => faq.id === group.nearest);
  const tick = (text: string, on: boolean) => {
    const next = new Set(unticked);
    if (on) next.delete(text);
    else next.add(text);
    setUnticked(next);
  };
  const act = (does: Does) => onDo(does, ticked);
  const off = busy || ticked.length === 0 || !definition;
  return (
    <article class="panel-card gap" aria-labelledby={heading}>
      <header class="gap-head">
        <h3 id={heading} dir="auto">
          {group.text}
        </h3>
        <p class="quiet">
          <strong>{t("gaps_times", { count: group.count })}</strong>
          {" · "}
          {t("gaps_last", { date: format.shortDate(group.last_at, lang.value) })}
          {nearest && definition && (
            <>
              {" · "}
              {t("gaps_nearest", { faq: faqName(nearest, lang.value, definition) })}
            </>
          )}
        </p>
      </header>
      <ul class="gap-examples" aria-label={t("gaps_examples")}>
        {shown.map((example) => (
          <Example
            key={`${example.lang}-${example.text}`}
            example={example}
            known={known.has(folded(example.text))}
            ticked={!unticked.has(example.text)}
            onTick={(on) => tick(example.text, on)}
          />
        ))}
      </ul>
      {group.examples.length > SHOWN_MAX && (
        <button type="button" class="link-button gap-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("gaps_fewer") : t("gaps_all", { count: group.examples.length })}
        </button>
      )}
      <fieldset class="button-row" aria-label={t("gaps_actions", { text: group.text })}>
        {nearest && definition && (
          <button type="button" class="button button-primary" disabled={off} onClick={() => act("add")}>
            <Icon d={icons.plus} size={16} />
            <span class="cut">{t("gaps_add", { faq: faqName(nearest, lang.value, definition) })}</span>
          </button>
        )}
        <button
          type="button"
          class="button"
          disabled={off || definition?.faq.length === 0}
          onClick={() => act("choose")}
        >
          {nearest ? t("gaps_choose_other") : t("gaps_choose")}
        </button>
        <button type="button" class="button" disabled={off} onClick={() => act("make")}>
          {t("gaps_make")}
        </button>
        <button type="button" class="button" disabled={busy || !definition} onClick={() => act("test")}>
          {t("gaps_test")}
        </button>
        <button type="button" class="button button-quiet" disabled={busy} onClick={() => act("aside")}>
          {t("gaps_aside")}
        </button>
      </fieldset>
    </article>
  );
}

interface ExampleProps {
  example: TextExample;
  known: boolean;
  ticked: boolean;
  onTick: (on: boolean) => void;
}

function Example({ example, known, ticked, onTick }: ExampleProps) {
  const fits = fitsAsQuestion(example.text);
  const usable = fits && !known;
  return (
    <li class="gap-example">
      <label class="tick">
        <input
          type="checkbox"
          checked={usable && ticked}
          disabled={!usable}
          onChange={(event) => onTick(event.currentTarget.checked)}
        />
        <span class="gap-text" dir="auto">
          {example.text}
        </span>
      </label>
      {example.count > 1 && <span class="badge">{t("gaps_count", { count: example.count })}</span>}
      {known && <span class="chip chip-ok">{t("gaps_known")}</span>}
      {!fits && (
        <span class="chip chip-note">
          {t("gaps_unfit", { least: QUESTION_CHARS_MIN, most: QUESTION_CHARS_MAX })}
        </span>
      )}
      <a
        class="gap-link"
        href={address({ name: "inbox", tab: "history", conversation: example.conversation })}
        aria-label={t("gaps_read_of", { text: example.text })}
      >
        {t("gaps_read")}
      </a>
    </li>
  );
}

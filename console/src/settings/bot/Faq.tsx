/** The questions that the bot answers: a list to filter, one of them open as a form, each with what became of it. */
import { useMemo, useState } from "preact/hooks";
import { type FaqDefinition, type FaqUsage, Icon, icons } from "../../shared";
import { t } from "../../words";
import { Buttons } from "./Buttons";
import { Card, useCounts } from "./Cards";
import { useDeleting } from "./deleting";
import { useEditing } from "./editing";
import { newFaq } from "./fresh";
import { IdField } from "./IdField";
import { faqName, said } from "./names";
import { Questions } from "./Questions";
import { useOrder } from "./Reorder";
import { idFrom, idsOf } from "./references";
import { SaidOf } from "./Said";
import { WordsField } from "./WordsField";

const LIST = "/faq";
const FAQS_MAX = 500;
const ANSWER_CHARS_MAX = 2_000;

export function Faq() {
  const { definition, lang, standard, edit, open, setOpen, usage } = useEditing();
  const { faq: all } = definition;
  const [asked, setAsked] = useState("");
  const order = useOrder(LIST, all.length);
  const counts = useCounts();
  const deleting = useDeleting(LIST, "faq");
  const wanted = folded(asked);
  const texts = useMemo(() => all.map((faq) => textOf(faq)), [all]);
  // What is being written stays, whatever the filter says.
  const shown = all
    .map((faq, place) => ({ faq, place }))
    .filter(({ place }) => open[LIST] === place || texts[place]?.includes(wanted));
  const add = () => {
    setAsked("");
    const id = idFrom("", idsOf(definition, "faq"), "faq");
    edit({ type: "insert", at: LIST, place: 0, value: newFaq(id) });
    setOpen(LIST, 0);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-question="${LIST}/0/questions/${lang}/0"]`)?.focus(),
    );
  };
  return (
    <section class="panel-card" aria-labelledby="bot-faq">
      <div class="title-row">
        <h2 id="bot-faq">{t("bot_tab_faq")}</h2>
        <button type="button" class="button button-small" disabled={all.length >= FAQS_MAX} onClick={add}>
          <Icon d={icons.plus} size={16} />
          {t("bot_faq_add")}
        </button>
      </div>
      <p class="quiet">{t("bot_faq_text")}</p>
      <SaidOf at={LIST} />
      {all.length > 5 && (
        <div class="bot-filter">
          <div class="search-field">
            <Icon d={icons.search} size={16} />
            <input
              type="search"
              class="input"
              aria-label={t("bot_faq_filter")}
              placeholder={t("bot_faq_filter")}
              value={asked}
              onInput={(event) => setAsked(event.currentTarget.value)}
            />
          </div>
          <p class="quiet" role="status">
            {t("bot_faq_shown", { count: shown.length, all: all.length })}
          </p>
        </div>
      )}
      {all.length === 0 && <p class="quiet">{t("bot_faq_none")}</p>}
      <ul class="bot-cards">
        {shown.map(({ faq, place }) => {
          const name = faqName(faq, lang, standard);
          return (
            <Card
              key={place}
              order={order}
              still
              place={place}
              name={name}
              nameAt={() => name}
              counts={counts.get(`${LIST}/${place}`)}
              under={<Under faq={faq} usage={usage?.get(faq.id)} />}
              onDelete={() => deleting.ask(place, faq.id, name)}
            >
              {() => <FaqForm at={`${LIST}/${place}`} faq={faq} />}
            </Card>
          );
        })}
      </ul>
      {deleting.dialog}
    </section>
  );
}

function Under({ faq, usage }: { faq: FaqDefinition; usage: FaqUsage | undefined }) {
  const { lang, standard } = useEditing();
  const count = (faq.questions[lang] ?? faq.questions[standard] ?? []).length;
  return (
    <>
      {t("bot_faq_questions", { count })}
      {usage && ` · ${usageWords(usage)}`}
    </>
  );
}

function usageWords(usage: FaqUsage): string {
  const { answered, suggested, clicked, handed_off_after: after } = usage;
  return t("bot_faq_usage", { answered, suggested, clicked, after });
}

/** As a new one is called until it has words to be called by. */
const NAMELESS = /^faq(_\d+)?$/;

function FaqForm({ at, faq }: { at: string; faq: FaqDefinition }) {
  const { definition, lang, standard, usage, edit } = useEditing();
  const known = usage?.get(faq.id);
  const name = said(faq.label, lang, standard) || (faq.questions[standard]?.[0] ?? "");
  /** Whoever leaves the form is done: what has words is called by them. */
  const left = (event: FocusEvent & { currentTarget: HTMLElement }) => {
    const within = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
    if (within || name === "" || !NAMELESS.test(faq.id)) return;
    edit({ type: "rename", what: "faq", from: faq.id, to: idFrom(name, idsOf(definition, "faq"), "faq") });
  };
  return (
    <div class="bot-faq-form" onFocusOut={left}>
      {known && <p class="quiet">{t("bot_faq_month", { words: usageWords(known) })}</p>}
      <Questions at={at} faq={faq} />
      <WordsField
        at={`${at}/answer`}
        label={t("bot_answer")}
        words={faq.answer}
        rows={4}
        maxLength={ANSWER_CHARS_MAX}
      />
      <WordsField
        at={`${at}/label`}
        label={t("bot_faq_label")}
        words={faq.label}
        maxLength={40}
        hint={t("bot_faq_label_hint")}
      />
      <details class="bot-more" open={faq.buttons.length > 0}>
        <summary>{t("bot_faq_more")}</summary>
        <div class="stack">
          <Buttons at={`${at}/buttons`} buttons={faq.buttons} />
          <IdField at={`${at}/id`} what="faq" id={faq.id} label={t("bot_faq_name")} />
        </div>
      </details>
    </div>
  );
}

function textOf(faq: FaqDefinition): string {
  const lists = Object.values(faq.questions).flat();
  return folded([faq.id, ...Object.values(faq.label), ...lists, ...Object.values(faq.answer)].join(" "));
}

function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}

/** Handoff and messages: a person, a left message, the end of a conversation, and what the bot says by itself. */
import { t } from "../../words";
import { NumberLine, Pick, Tick } from "./Controls";
import { useEditing } from "./editing";
import { Handoff, LeaveMessage } from "./Handoff";
import { SaidOf } from "./Said";
import { WordsField } from "./WordsField";

/** What the server takes where nothing is written. */
const ANSWER_ABOVE = 0.3;
const SUGGEST_ABOVE = 0.15;

export function Messages() {
  return (
    <>
      <Handoff />
      <LeaveMessage />
      <Close />
      <Understanding />
      <Products />
    </>
  );
}

function Close() {
  const { definition, edit } = useEditing();
  const { close } = definition;
  const { satisfaction } = close;
  return (
    <section class="panel-card" aria-labelledby="bot-close">
      <h2 id="bot-close">{t("bot_close")}</h2>
      <SaidOf at="/close" />
      <Pick
        at="/close/next_to"
        label={t("bot_next_to")}
        value={close.next_to ?? "bot"}
        choices={[
          { value: "bot", words: t("bot_next_bot") },
          { value: "waiting", words: t("bot_next_waiting") },
        ]}
        onValue={(value) =>
          edit({ type: "set", at: "/close/next_to", value: value === "bot" ? undefined : value })
        }
      />
      <Tick
        at="/close/satisfaction"
        checked={satisfaction !== undefined}
        onChecked={(on) =>
          edit({ type: "set", at: "/close/satisfaction", value: on ? { ask: {}, scale: "five" } : undefined })
        }
      >
        {t("bot_rating_on")}
      </Tick>
      {satisfaction && (
        <div class="bot-inset">
          <WordsField
            at="/close/satisfaction/ask"
            label={t("bot_rating_ask")}
            words={satisfaction.ask}
            placeholder={t("bot_rating_example")}
          />
          <Pick
            at="/close/satisfaction/scale"
            label={t("bot_rating_scale")}
            value={satisfaction.scale}
            choices={[
              { value: "five", words: t("bot_rating_five") },
              { value: "thumbs", words: t("bot_rating_thumbs") },
            ]}
            onValue={(value) => edit({ type: "set", at: "/close/satisfaction/scale", value })}
          />
          <Tick
            checked={satisfaction.comment ?? true}
            onChecked={(on) =>
              edit({ type: "set", at: "/close/satisfaction/comment", value: on ? undefined : false })
            }
          >
            {t("bot_rating_comment")}
          </Tick>
        </div>
      )}
    </section>
  );
}

const OWN_WORDS = ["unknown", "suggest", "none_of_these", "hello", "thanks", "file"] as const;

function Understanding() {
  const { definition } = useEditing();
  const { understanding } = definition;
  return (
    <section class="panel-card" aria-labelledby="bot-understanding">
      <h2 id="bot-understanding">{t("bot_understanding")}</h2>
      <p class="quiet">{t("bot_understanding_text")}</p>
      <SaidOf at="/understanding" />
      {OWN_WORDS.map((word) => (
        <WordsField
          key={word}
          at={`/understanding/${word}`}
          label={t(`bot_says_${word}`)}
          words={understanding[word]}
          otherwise={word}
          maxLength={word === "none_of_these" ? 40 : 1_000}
        />
      ))}
      <details class="bot-more">
        <summary>{t("bot_sure")}</summary>
        <div class="stack">
          <p class="quiet">{t("bot_sure_text")}</p>
          <div class="two">
            <Threshold
              at="/understanding/answer_above"
              label={t("bot_sure_answer")}
              value={understanding.answer_above}
              usual={ANSWER_ABOVE}
            />
            <Threshold
              at="/understanding/suggest_above"
              label={t("bot_sure_suggest")}
              value={understanding.suggest_above}
              usual={SUGGEST_ABOVE}
            />
          </div>
        </div>
      </details>
    </section>
  );
}

interface ThresholdProps {
  at: string;
  label: string;
  value: number | undefined;
  usual: number;
}

/** The scale is no percentage, so it is offered in words around what was measured to be best. */
function Threshold({ at, label, value, usual }: ThresholdProps) {
  const { edit } = useEditing();
  const rounded = (factor: number) => Math.round(usual * factor * 100) / 100;
  const choices = [
    { value: String(rounded(0.8)), words: t("bot_sure_sooner") },
    { value: String(usual), words: t("bot_sure_usual") },
    { value: String(rounded(1.2)), words: t("bot_sure_later") },
  ];
  return (
    <Pick
      at={at}
      label={label}
      value={String(value ?? usual)}
      choices={choices}
      onValue={(chosen) =>
        edit({ type: "set", at, value: Number(chosen) === usual ? undefined : Number(chosen) })
      }
    />
  );
}

function Products() {
  const { definition, edit } = useEditing();
  const { products } = definition;
  return (
    <section class="panel-card" aria-labelledby="bot-products">
      <h2 id="bot-products">{t("bot_products")}</h2>
      <p class="quiet">{t("bot_products_text")}</p>
      <SaidOf at="/products" />
      <Tick
        at="/products/enabled"
        checked={products.enabled}
        onChecked={(on) => edit({ type: "set", at: "/products/enabled", value: on })}
      >
        {t("bot_products_on")}
      </Tick>
      {products.enabled && (
        <div class="bot-inset">
          <WordsField
            at="/products/ask"
            label={t("bot_products_ask")}
            words={products.ask}
            otherwise="products_ask"
          />
          <WordsField
            at="/products/none"
            label={t("bot_products_none")}
            words={products.none}
            otherwise="products_none"
            hint={t("bot_products_none_hint")}
          />
          <div class="two">
            <WordsField
              at="/products/again"
              label={t("bot_products_again")}
              words={products.again}
              maxLength={40}
              otherwise="products_again"
            />
            <NumberLine
              at="/products/limit"
              label={t("bot_shows_limit")}
              value={products.limit}
              placeholder="3"
            />
          </div>
        </div>
      )}
    </section>
  );
}

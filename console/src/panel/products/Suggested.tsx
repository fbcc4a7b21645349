/**
 * What fits the conversation now, each with its reasons; the visitor's wishes as read from their words.
 *
 * Held while pointed at or walked through: a newer list then waits behind a button (suggesting.ts).
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { brokenWords, constraintKey, constraintWords, whyWords } from "../../products/reasons";
import { recommend } from "../../products/recommend";
import type { Suggesting, SuggestingInput } from "../../products/suggesting";
import {
  type CatalogHit,
  type Constraint,
  type ConversationRow,
  Icon,
  icons,
  type Suggestion,
  type Suggestions,
} from "../../shared";
import { announce } from "../../ui/announcer";
import { t } from "../../words";
import { ProductList } from "./ProductList";

interface SuggestedProps {
  row: ConversationRow;
  mine: boolean;
  now: Suggesting;
  put: (input: SuggestingInput) => void;
}

export function Suggested({ row, mine, now, put }: SuggestedProps) {
  const { shown, waiting } = now;
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    if (waiting && root.current?.contains(document.activeElement)) announce(t("suggestions_new_told"));
  }, [waiting]);
  // What is removed under the pointer is never left by it.
  useEffect(() => () => put({ type: "let_go" }), []);
  const asked = useRef(false);
  const show = () => {
    asked.current = true;
    put({ type: "shown" });
  };
  // The row that held the focus may be gone: the first of the new ones takes it once they are drawn.
  useLayoutEffect(() => {
    if (asked.current) root.current?.querySelector<HTMLElement>("[data-row]")?.focus();
    asked.current = false;
  }, [shown]);
  const letGo = (to: EventTarget | null) => {
    if (!(to instanceof Node && root.current?.contains(to))) put({ type: "let_go" });
  };
  return (
    <section
      ref={root}
      class="suggested"
      aria-labelledby="suggestions-title"
      onPointerEnter={() => put({ type: "held" })}
      onPointerLeave={() => !root.current?.contains(document.activeElement) && put({ type: "let_go" })}
      onFocusCapture={() => put({ type: "held" })}
      onBlurCapture={(event) => !root.current?.matches(":hover") && letGo(event.relatedTarget)}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
        // In the field that looks for a variant, digits and letters are only typed.
        if (event.target instanceof HTMLInputElement) return;
        const nth = mine && /^[1-9]$/.test(event.key) ? shown?.suggestions[Number(event.key) - 1] : undefined;
        const news = waiting !== undefined && event.key.toLowerCase() === "n";
        if (!nth && !news) return;
        event.preventDefault();
        if (nth) recommend(row, nth.hit);
        else show();
      }}
    >
      <div class="suggested-head">
        <h3 id="suggestions-title">{t("suggestions")}</h3>
        {waiting ? (
          <button type="button" class="link-button" onClick={show}>
            {t("suggestions_new")}
          </button>
        ) : (
          mine && shown?.suggestions[0] && <span class="list-keys">{t("suggestions_keys")}</span>
        )}
      </div>
      <Wishes now={now} put={put} />
      <Standing now={now} put={put} />
      {shown && <Lists row={row} mine={mine} shown={shown} />}
    </section>
  );
}

function Standing({ now, put }: Pick<SuggestedProps, "now" | "put">) {
  const { shown, state } = now;
  if (state === "failed") {
    return (
      <p class="field-error">
        {t("suggestions_failed")}{" "}
        <button type="button" class="link-button" onClick={() => put({ type: "again" })}>
          {t("retry")}
        </button>
      </p>
    );
  }
  if (!shown)
    return <p class="quiet">{t(state === "later" ? "products_rebuilding" : "suggestions_asking")}</p>;
  if (isEmpty(shown)) return <p class="quiet">{t("suggestions_empty")}</p>;
  return shown.relaxed ? <p class="how-found">{t("suggestions_relaxed")}</p> : null;
}

function isEmpty({ suggestions, similar, complementary, on_page }: Suggestions): boolean {
  return suggestions.length + similar.length + complementary.length === 0 && !on_page;
}

/** Read from the visitor's words; each can be left out, and taken in again. */
function Wishes({ now: { shown, leftOut }, put }: Pick<SuggestedProps, "now" | "put">) {
  const out = new Set(leftOut.map(constraintKey));
  const read = (shown?.constraints ?? []).filter((one) => !out.has(constraintKey(one)));
  if (read.length + leftOut.length === 0) return null;
  return (
    <ul class="chips" aria-label={t("constraints_read")}>
      {read.map((one) => (
        <Wish key={constraintKey(one)} constraint={one} out={false} put={put} />
      ))}
      {leftOut.map((one) => (
        <Wish key={constraintKey(one)} constraint={one} out put={put} />
      ))}
    </ul>
  );
}

interface WishProps {
  constraint: Constraint;
  out: boolean;
  put: (input: SuggestingInput) => void;
}

function Wish({ constraint, out, put }: WishProps) {
  const words = constraintWords(constraint);
  // It was never applied: there is nothing to leave out.
  if (constraint.type === "other_currency") {
    return (
      <li>
        <span class="chip chip-note">{words}</span>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        class={out ? "chip chip-off chip-out" : "chip chip-off chip-accent"}
        title={constraint.said}
        aria-label={t(out ? "constraint_restore" : "constraint_remove", { constraint: words })}
        onClick={() => put({ type: out ? "taken_in" : "left_out", constraint })}
      >
        <bdi>{words}</bdi>
        <Icon d={out ? icons.plus : icons.close} size={14} />
      </button>
    </li>
  );
}

function Lists({ row, mine, shown }: { row: ConversationRow; mine: boolean; shown: Suggestions }) {
  const onPage = shown.on_page;
  const items = (all: readonly Suggestion[], numbered: boolean) =>
    all.map((one, at) => ({
      hit: one.hit,
      note: <Why suggestion={one} shown={shown} />,
      ...(numbered ? { place: at + 1 } : {}),
    }));
  const list = (title: string, all: ReturnType<typeof items> | { hit: CatalogHit }[]) =>
    all.length > 0 && (
      <>
        <h4>{title}</h4>
        <ProductList row={row} mine={mine} label={title} items={all} />
      </>
    );
  return (
    <>
      <ProductList row={row} mine={mine} label={t("suggestions")} items={items(shown.suggestions, mine)} />
      {onPage && list(t("suggestions_page"), [{ hit: onPage }])}
      {list(t("suggestions_similar"), items(shown.similar, false))}
      {list(t("suggestions_goes_with"), items(shown.complementary, false))}
    </>
  );
}

function Why({ suggestion, shown }: { suggestion: Suggestion; shown: Suggestions }) {
  const broken = brokenWords(suggestion);
  return (
    <>
      <p class="why">{whyWords(suggestion, shown.on_page?.card)}</p>
      {broken !== "" && <p class="why why-broken">{broken}</p>}
    </>
  );
}

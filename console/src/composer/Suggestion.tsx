/** The first suggestion where the agent writes, so that the key which sends it never sends something unseen. */
import { useEffect } from "preact/hooks";
import { firstSuggestion } from "../products/call";
import { ProductFace } from "../products/ProductFace";
import { recommend } from "../products/recommend";
import { cardName } from "../products/ticks";
import { type ConversationRow, Icon, icons } from "../shared";
import { t } from "../words";

export function Suggestion({ row }: { row: ConversationRow }) {
  const first = firstSuggestion.value;
  const isShown = first?.conversation === row.id;
  // What is removed under the pointer is never left by it.
  useEffect(
    () => () => {
      if (isShown) first.hold(false);
    },
    [isShown],
  );
  if (!isShown) return null;
  const { hit, why, hold } = first;
  return (
    <section
      class="suggestion"
      aria-label={t("suggestion")}
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocusCapture={() => hold(true)}
      onBlurCapture={() => hold(false)}
    >
      <Icon d={icons.bulb} size={18} />
      <ProductFace hit={hit} />
      <span class="suggestion-why">{why}</span>
      <button
        type="button"
        class="button button-small"
        aria-keyshortcuts="Alt+S"
        aria-label={t("suggest_named", { title: cardName(hit.card) })}
        onClick={() => recommend(row, hit)}
      >
        {t("suggest")}
        <kbd aria-hidden>Alt+S</kbd>
      </button>
    </section>
  );
}

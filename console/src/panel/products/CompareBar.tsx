/** What is ticked for a comparison, at the foot of the panel: sent as one, or emptied. */
import { COMPARED_MIN, cardName, sendComparison, tick, ticked, untickAll } from "../../products/ticks";
import { type ConversationRow, Icon, icons } from "../../shared";
import { t } from "../../words";

export function CompareBar({ row }: { row: ConversationRow }) {
  const cards = ticked(row.id);
  if (cards.length === 0) return null;
  const enough = cards.length >= COMPARED_MIN;
  return (
    <section class="compare-bar" aria-label={t("compare")}>
      <p>
        {t("compare_bar", { count: cards.length })}
        {!enough && <span class="quiet"> {t("compare_one_more")}</span>}
      </p>
      <ul class="chips">
        {cards.map((card) => (
          <li key={card.product}>
            <button
              type="button"
              class="chip chip-off"
              aria-label={t("compare_out", { title: cardName(card) })}
              onClick={() => tick(row.id, card)}
            >
              <bdi>{cardName(card)}</bdi>
              <Icon d={icons.close} size={14} />
            </button>
          </li>
        ))}
      </ul>
      <div class="compare-acts">
        <button
          type="button"
          class="button button-small button-primary"
          disabled={!enough}
          onClick={() => sendComparison(row.id)}
        >
          {t("compare_send")}
        </button>
        <button type="button" class="button button-small" onClick={() => untickAll(row.id)}>
          {t("compare_clear")}
        </button>
      </div>
    </section>
  );
}

/** The buttons that products and their variants have in common; what they do is the row's. */
import { cardName, isTicked } from "../../products/ticks";
import { type CatalogHit, type ConversationRow, Icon, icons, type ProductCard } from "../../shared";
import { t } from "../../words";

interface SendButtonProps {
  card: ProductCard;
  tabIndex: number;
  onClick: () => void;
}

export function SendButton({ card, tabIndex, onClick }: SendButtonProps) {
  return (
    <button
      type="button"
      class="button button-small product-send"
      tabIndex={tabIndex}
      aria-label={t("recommend_named", { title: cardName(card) })}
      onClick={onClick}
    >
      {t("recommend")}
    </button>
  );
}

interface CompareButtonProps {
  row: ConversationRow;
  hit: CatalogHit;
  tabIndex: number;
  onClick: () => void;
}

export function CompareButton({ row, hit, tabIndex, onClick }: CompareButtonProps) {
  return (
    <button
      type="button"
      class="icon-button product-mark"
      tabIndex={tabIndex}
      aria-pressed={isTicked(row.id, hit.card)}
      aria-label={t("compare_named", { title: cardName(hit.card) })}
      title={t("compare")}
      onClick={onClick}
    >
      <Icon d={icons.columns} size={18} />
    </button>
  );
}

/** Products side by side in the transcript; the present conversation tells what became of each. */
import { Compare } from "../shared/compare";
import type { ProductCard, ProductComparison } from "../shared/protocol";
import { useAround } from "./around";
import { AddToCart } from "./cart/AddToCart";
import { useCardSeen } from "./useCardSeen";

interface CompareRowProps {
  seq: number;
  comparison: ProductComparison;
  live: boolean;
}

export function CompareRow({ seq, comparison, live }: CompareRowProps) {
  const { chat, emit, lang, leaveForProduct, t } = useAround();
  const seen = useCardSeen(() => live && chat.markCard(seq, "seen"));
  const open = ({ product, sku }: ProductCard) => {
    if (live) chat.markCard(seq, "opened", product);
    emit("product:click", { sku });
    leaveForProduct();
  };
  return (
    <div class="wide" ref={seen}>
      <Compare
        comparison={comparison}
        lang={lang}
        t={t}
        onOpen={open}
        under={(card) => <AddToCart seq={seq} card={card} compared live={live} />}
      />
    </div>
  );
}

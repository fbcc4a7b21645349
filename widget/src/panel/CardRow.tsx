/** A product card in the transcript; in the present conversation it tells that it was seen and opened. */
import { Card } from "../shared/card";
import type { ProductCard } from "../shared/protocol";
import { useAround } from "./around";
import { AddToCart } from "./cart/AddToCart";
import { useCardSeen } from "./useCardSeen";

interface CardProps {
  seq: number;
  card: ProductCard;
  /** Of several shown together; their event is seen as a whole. */
  several?: boolean | undefined;
  live: boolean;
}

export function CardRow({ seq, card, several = false, live }: CardProps) {
  const { chat, emit, lang, leaveForProduct, t } = useAround();
  const seen = useCardSeen(() => live && chat.markCard(seq, "seen"));
  const open = () => {
    if (live) chat.markCard(seq, "opened", several ? card.product : undefined);
    emit("product:click", { sku: card.sku });
    leaveForProduct();
  };
  return (
    <div ref={seen}>
      <Card card={card} lang={lang} t={t} onOpen={open}>
        <AddToCart seq={seq} card={card} compared={several} live={live} />
      </Card>
    </div>
  );
}

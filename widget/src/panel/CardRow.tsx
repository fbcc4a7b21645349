/** A product card in the transcript; in the present conversation it tells that it was seen and opened. */
import { Card } from "../shared/card";
import type { ProductCard } from "../shared/protocol";
import { useAround } from "./around";
import { AddToCart } from "./cart/AddToCart";
import { useCardSeen } from "./useCardSeen";

export function CardRow({ seq, card, live }: { seq: number; card: ProductCard; live: boolean }) {
  const { chat, emit, lang, leaveForProduct, t } = useAround();
  const seen = useCardSeen(() => live && chat.markCard(seq, "seen"));
  const open = () => {
    if (live) chat.markCard(seq, "opened");
    emit("product:click", { sku: card.sku });
    leaveForProduct();
  };
  return (
    <div ref={seen}>
      <Card card={card} lang={lang} t={t} onOpen={open}>
        <AddToCart seq={seq} card={card} live={live} />
      </Card>
    </div>
  );
}

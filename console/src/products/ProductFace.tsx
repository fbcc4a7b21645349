/** A product in a list of results: picture, title with the typed words marked, price and stock. */
import { useState } from "preact/hooks";
import { CardPrice, CardStock, type CatalogHit, Icon, icons, type ProductCard, safeLink } from "../shared";
import { lang, t } from "../words";
import { highlighted } from "./highlight";

export function ProductPicture({ card }: { card: ProductCard }) {
  const [broken, setBroken] = useState(false);
  const source = safeLink(card.image);
  if (!source || broken) {
    return (
      <span class="product-picture product-no-picture">
        <Icon d={icons.box} size={20} />
      </span>
    );
  }
  return (
    <img
      class="product-picture"
      src={source}
      alt=""
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      onError={() => setBroken(true)}
    />
  );
}

export function ProductFace({ hit, query }: { hit: CatalogHit; query: string }) {
  const { card } = hit;
  return (
    <>
      <ProductPicture card={card} />
      <span class="product-words">
        <span class="product-title">
          {highlighted(card.title, query).map((piece, index) =>
            piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
          )}
          {card.variant && <span class="product-variant"> · {card.variant}</span>}
        </span>
        <span class="product-facts">
          <CardPrice card={card} lang={lang.value} t={t} />
          <CardStock card={card} t={t} />
        </span>
      </span>
    </>
  );
}

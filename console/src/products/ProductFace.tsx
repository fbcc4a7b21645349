/** A product in a list: picture, title with the words that found it marked, variant, price, stock. */
import { CardPrice, CardStock, type CatalogHit, Icon, icons, type ProductCard, usePicture } from "../shared";
import { lang, t } from "../words";
import { highlighted } from "./highlight";

export function ProductPicture({ card }: { card: ProductCard }) {
  const { source, onError } = usePicture(card.image);
  if (!source) {
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
      onError={onError}
    />
  );
}

interface ProductFaceProps {
  hit: CatalogHit;
  /** What was typed, and what was read in its place. */
  words?: string;
}

export function ProductFace({ hit: { card }, words = "" }: ProductFaceProps) {
  return (
    <>
      <ProductPicture card={card} />
      <span class="product-words">
        <span class="product-title">
          <Marked text={card.title} words={words} />
          {card.variant && (
            <span class="product-variant">
              {" · "}
              <Marked text={card.variant} words={words} />
            </span>
          )}
        </span>
        <ProductFacts card={card} />
      </span>
    </>
  );
}

export function ProductFacts({ card }: { card: ProductCard }) {
  return (
    <span class="product-facts">
      <CardPrice card={card} lang={lang.value} t={t} />
      <CardStock card={card} t={t} />
    </span>
  );
}

function Marked({ text, words }: { text: string; words: string }) {
  return (
    <bdi>
      {highlighted(text, words).map((piece, index) =>
        piece.hit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
      )}
    </bdi>
  );
}

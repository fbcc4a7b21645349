/**
 * A product card, drawn the same for the visitor and for the agent who sent it.
 *
 * Everything on it was frozen by the server when it was recommended. What a
 * click or being seen means is the caller's. Styles: card.css.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { money } from "./format";
import { Icon } from "./icon";
import { box } from "./icons";
import { LINK_REL, safeLink } from "./links";
import type { ProductCard } from "./protocol";
import type { SharedKey } from "./shared-words";
import type { Translate } from "./words";

interface CardProps {
  card: ProductCard;
  lang: string;
  t: Translate<SharedKey>;
  /** The link was followed. The visitor's widget keeps the same tab, the console opens another. */
  onOpen?: (event: MouseEvent) => void;
  newTab?: boolean;
  /** What stands under the link. */
  children?: ComponentChildren;
}

export function Card({ card, lang, t, onOpen, newTab = false, children }: CardProps) {
  const link = safeLink(card.link);
  return (
    <article class="card">
      <CardPicture image={card.image} />
      <div class="card-body">
        <p class="card-title">
          <bdi>{card.title}</bdi>
        </p>
        {card.variant && (
          <p class="card-variant">
            <bdi>{card.variant}</bdi>
          </p>
        )}
        <CardPrice card={card} lang={lang} t={t} />
        <CardStock card={card} t={t} />
        {link && (
          <a
            class="card-view"
            href={link}
            rel={LINK_REL}
            {...(newTab ? { target: "_blank" } : {})}
            aria-label={t("card_view_named", { title: card.title })}
            onClick={onOpen}
          >
            {t("card_view")}
          </a>
        )}
        {children}
      </div>
    </article>
  );
}

let drawsPictures = true;

/** In a document that may ask our own server only, cards stand without their pictures. */
export function leavePictures(): void {
  drawsPictures = false;
}

/** The picture's address while it may be drawn: safe, and not one that did not load. */
export function usePicture(image: string | undefined) {
  const [broken, setBroken] = useState<string>();
  const source = drawsPictures ? safeLink(image) : undefined;
  return { source: source === broken ? undefined : source, onError: () => setBroken(source) };
}

export function CardPicture({ image }: { image: string | undefined }) {
  const { source, onError } = usePicture(image);
  if (!source)
    return (
      <div class="card-picture card-no-picture">
        <Icon d={box} size={32} />
      </div>
    );
  return (
    <img
      class="card-picture"
      src={source}
      alt=""
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      onError={onError}
    />
  );
}

export function CardPrice({ card, lang, t }: Pick<CardProps, "card" | "lang" | "t">) {
  if (!card.price) return null;
  const price = money(card.price, lang);
  if (!card.regular_price) return <p class="card-price">{price}</p>;
  return (
    <p class="card-price">
      <span class="only-read">{t("card_price")} </span>
      <ins>{price}</ins> <span class="only-read">{t("card_regular_price")} </span>
      <del>{money(card.regular_price, lang)}</del>
    </p>
  );
}

export function CardStock({ card, t }: Pick<CardProps, "card" | "t">) {
  switch (card.availability) {
    case "in_stock":
      return (
        <p class="card-stock card-in">
          {card.stock === undefined ? t("card_in_stock") : t("card_left", { count: card.stock })}
        </p>
      );
    case "out_of_stock":
      return <p class="card-stock card-out">{t("card_out_of_stock")}</p>;
    case "preorder":
      return <p class="card-stock">{t("card_preorder")}</p>;
    case "backorder":
      return <p class="card-stock">{t("card_backorder")}</p>;
    case "unknown":
      return null;
  }
}

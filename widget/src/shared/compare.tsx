/**
 * Two to four products side by side, drawn the same for the visitor and for the
 * agent who sent them: a table whose columns are products, with price and stock
 * on top and under them only what differs.
 *
 * Where it is wider than its place it scrolls inside itself and the names of the
 * rows stay. What a click means, and what stands under each product, is the
 * caller's. Styles: card.css for a card's parts, compare.css for the rest.
 */
import type { ComponentChildren } from "preact";
import { attributeName } from "./attribute";
import { CardPicture, CardPrice, CardStock } from "./card";
import { LINK_REL, safeLink } from "./links";
import type { ComparedRow, ProductCard, ProductComparison } from "./protocol";
import type { SharedKey } from "./shared-words";
import type { Translate } from "./words";

interface CompareProps {
  comparison: ProductComparison;
  lang: string;
  t: Translate<SharedKey>;
  /** The link of a product was followed. */
  onOpen?: (card: ProductCard, event: MouseEvent) => void;
  newTab?: boolean;
  /** What stands under a product's link. */
  under?: (card: ProductCard) => ComponentChildren;
}

export function Compare({ comparison, lang, t, onOpen, newTab = false, under }: CompareProps) {
  const { cards, rows } = comparison;
  const label = t("compare_label", { count: cards.length });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section class="compare" aria-label={label} tabIndex={0}>
      <table>
        <caption class="only-read">{label}</caption>
        <thead>
          <tr>
            <td />
            {cards.map((card) => (
              <Column key={columnKey(card)} card={card} />
            ))}
          </tr>
        </thead>
        <tbody>
          {cards.some((card) => card.price) && (
            <Row name={t("card_price")}>
              {cards.map((card) => (
                <td key={columnKey(card)}>
                  {card.price ? <CardPrice card={card} lang={lang} t={t} /> : "–"}
                </td>
              ))}
            </Row>
          )}
          {cards.some((card) => card.availability !== "unknown") && (
            <Row name={t("compare_stock")}>
              {cards.map((card) => (
                <td key={columnKey(card)}>
                  {card.availability === "unknown" ? "–" : <CardStock card={card} t={t} />}
                </td>
              ))}
            </Row>
          )}
          {rows.map((row) => (
            <Row key={rowName(row, t)} name={rowName(row, t)}>
              {cards.map((card, place) => (
                <td key={columnKey(card)}>
                  <bdi>{row.values[place] || "–"}</bdi>
                </td>
              ))}
            </Row>
          ))}
          <tr class="compare-do">
            <td />
            {cards.map((card) => {
              const link = safeLink(card.link);
              return (
                <td key={columnKey(card)}>
                  {link && (
                    <a
                      class="card-view"
                      href={link}
                      rel={LINK_REL}
                      {...(newTab ? { target: "_blank" } : {})}
                      aria-label={t("card_view_named", { title: card.title })}
                      onClick={(event) => onOpen?.(card, event)}
                    >
                      {t("card_view")}
                    </a>
                  )}
                  {under?.(card)}
                </td>
              );
            })}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Column({ card }: { card: ProductCard }) {
  return (
    <th scope="col">
      <CardPicture image={card.image} />
      <bdi class="card-title">{card.title}</bdi>
      {card.variant && (
        <>
          {" "}
          <bdi class="card-variant">{card.variant}</bdi>
        </>
      )}
    </th>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      {children}
    </tr>
  );
}

function rowName({ what }: ComparedRow, t: Translate<SharedKey>): string {
  switch (what.type) {
    case "brand":
      return t("compare_brand");
    case "attribute":
      return attributeName(what.name, t);
  }
}

/** Two variants of one product may stand side by side. */
function columnKey({ product, sku }: ProductCard): string {
  return `${product} ${sku ?? ""}`;
}

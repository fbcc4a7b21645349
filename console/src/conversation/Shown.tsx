/**
 * What an agent or the bot showed of the catalog, as the visitor sees it, and beside it what only agents see:
 * what the visitor did with it, and what the catalog says by now.
 */
import { useProductNow } from "../products/current";
import {
  Card,
  type CardChange,
  Compare,
  type ConversationRow,
  format,
  Icon,
  icons,
  type ProductCard,
} from "../shared";
import type { CardMarks, Line } from "../state/transcript";
import { lang, t } from "../words";

type CardLine = Extract<Line, { type: "card" }>;
type ComparisonLine = Extract<Line, { type: "comparison" }>;
export type FoundLine = Extract<Line, { type: "turn" }>;

export function ShownCard({ line, row }: { line: CardLine; row: ConversationRow }) {
  const { card } = line;
  if (!card) return <div class="bubble">{t("product")}</div>;
  return (
    <Card card={card} lang={lang.value} t={t} newTab>
      <Since card={card} line={line} row={row} />
    </Card>
  );
}

export function ShownComparison({ line, row }: { line: ComparisonLine; row: ConversationRow }) {
  const { comparison, marks } = line;
  if (!comparison) return <div class="bubble">{t("comparison")}</div>;
  return (
    <Compare
      comparison={comparison}
      lang={lang.value}
      t={t}
      newTab
      under={(card) => (
        <>
          <ProductMark marks={marks} card={card} />
          <Since card={card} line={line} row={row} />
        </>
      )}
    />
  );
}

/** What the bot found, one under the other as the visitor sees it. */
export function ShownFound(props: { cards: readonly ProductCard[]; line: FoundLine; row: ConversationRow }) {
  const { cards, line, row } = props;
  return (
    <>
      {cards.map((card) => (
        <Card key={card.product} card={card} lang={lang.value} t={t} newTab>
          <ProductMark marks={line.marks} card={card} />
          <Since card={card} line={line} row={row} />
        </Card>
      ))}
    </>
  );
}

/** How far a card went with the visitor: the furthest of seen, opened, added to the cart. */
export function ShownMark({ marks }: { marks: CardMarks }) {
  if (marks.added.size > 0) return <Mark icon={icons.cart} words={t("card_added")} />;
  if (marks.opened.size > 0) return <Mark icon={icons.external} words={t("card_opened")} />;
  return <Mark icon={icons.eye} words={t("card_seen")} />;
}

export function wasMarked({ seen, opened, added }: CardMarks): boolean {
  return seen || opened.size > 0 || added.size > 0;
}

function ProductMark({ marks, card }: { marks: CardMarks; card: ProductCard }) {
  const added = marks.added.has(card.product);
  if (!added && !marks.opened.has(card.product)) return null;
  return (
    <p class="compare-mark">
      {added ? (
        <Mark icon={icons.cart} words={t("card_added")} />
      ) : (
        <Mark icon={icons.external} words={t("card_opened")} />
      )}
    </p>
  );
}

function Mark({ icon, words }: { icon: string; words: string }) {
  return (
    <span class="mark">
      <Icon d={icon} size={14} />
      {words}
    </span>
  );
}

/** A card is never changed; that the shop's price is another by now, the agent should know. */
function Since({
  card,
  line,
  row,
}: {
  card: ProductCard;
  line: CardLine | ComparisonLine | FoundLine;
  row: ConversationRow;
}) {
  const pending = line.sent?.pending !== undefined;
  const now = useProductNow(card, row, line.at, pending || row.stage === "closed");
  if (!now) return null;
  return <p class="card-since">{sinceWords(now.change, now.card)}</p>;
}

function sinceWords(change: CardChange, card: ProductCard | undefined): string {
  switch (change) {
    case "price":
      return card?.price
        ? t("card_now_price", { price: format.money(card.price, lang.value) })
        : t("card_now_gone");
    case "availability":
      return t("card_now_out");
    case "gone":
      return t("card_now_gone");
  }
}

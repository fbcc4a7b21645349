/**
 * Products as rows: a grid after the ARIA pattern, since each row is both read and acted on.
 *
 * One stop for Tab; arrows walk (walk.ts); in a row Enter recommends, V unfolds the variants, C ticks for
 * a comparison, P pins. The same is done by the buttons at its side.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { showOnPage } from "../../products/call";
import { ProductFace } from "../../products/ProductFace";
import { recommend } from "../../products/recommend";
import { isPinned, togglePin } from "../../products/shelf";
import { cardName, isTicked, tick } from "../../products/ticks";
import { type CatalogHit, type ConversationRow, Icon, icons } from "../../shared";
import * as roles from "../../ui/grid";
import { t } from "../../words";
import { CompareButton, SendButton } from "./RowButtons";
import { Variants } from "./Variants";

export interface Item {
  hit: CatalogHit;
  /** Under the facts: why it is suggested. */
  note?: ComponentChildren;
  /** The digit that sends it. */
  place?: number;
}

interface ProductListProps {
  row: ConversationRow;
  /** Only the agent in charge sends. */
  mine: boolean;
  label: string;
  items: readonly Item[];
  words?: string;
}

/** The digit is said in words before it. */
const decoration = { "aria-hidden": true } as const;

export const hitKey = ({ card }: CatalogHit) => `${card.product}/${card.sku ?? ""}`;

export function ProductList({ row, mine, label, items, words = "" }: ProductListProps) {
  const [stop, setStop] = useState("");
  const stops = items.some((item) => hitKey(item.hit) === stop) ? stop : items[0] && hitKey(items[0].hit);
  if (items.length === 0) return null;
  return (
    <div class="products" {...roles.grid(label)}>
      {items.map((item) => {
        const key = hitKey(item.hit);
        return (
          <Row
            key={key}
            row={row}
            mine={mine}
            item={item}
            words={words}
            tabbable={key === stops}
            onStop={() => setStop(key)}
          />
        );
      })}
    </div>
  );
}

interface RowProps {
  row: ConversationRow;
  mine: boolean;
  item: Item;
  words: string;
  tabbable: boolean;
  onStop: () => void;
}

function Row({ row, mine, item, words, tabbable, onStop }: RowProps) {
  const [open, setOpen] = useState(false);
  const { hit, note, place } = item;
  const tabIndex = tabbable ? 0 : -1;
  const act = {
    send: () => mine && recommend(row, hit),
    compare: () => mine && tick(row.id, hit.card),
    pin: () => void togglePin(row, hit),
    variants: () => hit.variants > 1 && setOpen(!open),
  };
  return (
    <>
      <div
        class="product"
        {...roles.selectable(isTicked(row.id, hit.card))}
        data-row
        tabIndex={tabIndex}
        aria-keyshortcuts="Enter V C P"
        onFocus={onStop}
        onKeyDown={(event) => {
          const key = event.target === event.currentTarget ? rowKey(event) : undefined;
          if (key === undefined) return;
          event.preventDefault();
          act[key]();
        }}
      >
        <div {...roles.cell} class="product-row">
          {place !== undefined && (
            <span class="product-place">
              <span class="only-read">{t("suggestion_place", { place })}</span>
              <kbd {...decoration}>{place}</kbd>
            </span>
          )}
          <ProductFace hit={hit} words={words} />
        </div>
        {note && (
          <div {...roles.cell} class="product-note">
            {note}
          </div>
        )}
        <Acts mine={mine} hit={hit} open={open} tabIndex={tabIndex} act={act} />
        <Marks row={row} mine={mine} hit={hit} tabIndex={tabIndex} act={act} />
      </div>
      {open && <Variants row={row} mine={mine} hit={hit} onClose={() => setOpen(false)} />}
    </>
  );
}

type Act = "send" | "compare" | "pin" | "variants";

/** Letters are keys here because only a row that holds the focus hears them. */
export function rowKey(event: KeyboardEvent): Act | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return undefined;
  switch (event.key.toLowerCase()) {
    case "enter":
      return "send";
    case "c":
    case " ":
      return "compare";
    case "p":
      return "pin";
    case "v":
      return "variants";
    default:
      return undefined;
  }
}

interface ActsProps {
  mine: boolean;
  hit: CatalogHit;
  open: boolean;
  tabIndex: number;
  act: Record<Act, () => void>;
}

function Acts({ mine, hit, open, tabIndex, act }: ActsProps) {
  if (!mine && hit.variants < 2) return null;
  return (
    <div {...roles.cell} class="product-acts">
      {mine && <SendButton card={hit.card} tabIndex={tabIndex} onClick={act.send} />}
      {mine && hit.card.link && showOnPage.value && (
        <button
          type="button"
          class="button button-small"
          tabIndex={tabIndex}
          aria-label={t("share_show_named", { title: cardName(hit.card) })}
          onClick={() => showOnPage.value?.(hit.card.product)}
        >
          {t("share_show")}
        </button>
      )}
      {hit.variants > 1 && (
        <button
          type="button"
          class="link-button"
          tabIndex={tabIndex}
          aria-expanded={open}
          onClick={act.variants}
        >
          {t("variants", { count: hit.variants })}
          <Icon d={open ? icons.chevronUp : icons.chevronDown} size={14} />
        </button>
      )}
    </div>
  );
}

function Marks({ row, mine, hit, tabIndex, act }: Omit<ActsProps, "open"> & { row: ConversationRow }) {
  return (
    <div {...roles.cell} class="product-marks">
      {mine && <CompareButton row={row} hit={hit} tabIndex={tabIndex} onClick={act.compare} />}
      <button
        type="button"
        class="icon-button product-mark"
        tabIndex={tabIndex}
        aria-pressed={isPinned(row, hit.card)}
        aria-label={t("pin_named", { title: hit.card.title })}
        title={t("pin")}
        onClick={act.pin}
      >
        <Icon d={icons.pin} size={18} />
      </button>
    </div>
  );
}

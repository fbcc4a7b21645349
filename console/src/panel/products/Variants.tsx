/** The variants of one product, each with its own price and stock: a row like any other, sent or ticked by itself. */
import { useEffect, useRef, useState } from "preact/hooks";
import { asRefusal, get } from "../../api";
import { productPath } from "../../products/current";
import { fold } from "../../products/highlight";
import { ProductFacts } from "../../products/ProductFace";
import { recommend } from "../../products/recommend";
import { isTicked, tick } from "../../products/ticks";
import { explained } from "../../refusals";
import type { CatalogHit, CatalogProduct, ConversationRow, ProductCard } from "../../shared";
import * as roles from "../../ui/grid";
import { Spinner } from "../../ui/pieces";
import { t } from "../../words";
import { rowKey } from "./ProductList";
import { CompareButton, SendButton } from "./RowButtons";

/** More variants than these get a field to find one by. */
const FIND_FROM = 12;
/** Rows drawn at once; a product may have thousands of variants. */
const SHOWN_MAX = 50;

interface VariantsProps {
  row: ConversationRow;
  mine: boolean;
  hit: CatalogHit;
  onClose: () => void;
}

export function Variants({ row, mine, hit, onClose }: VariantsProps) {
  const [found, setFound] = useState<CatalogProduct>();
  const [fault, setFault] = useState<string>();
  const [wanted, setWanted] = useState("");
  const root = useRef<HTMLDivElement>(null);
  const { product, title } = hit.card;
  useEffect(() => {
    const abort = new AbortController();
    get<CatalogProduct>(productPath(row, product), abort.signal).then(setFound, (failure) => {
      if (!abort.signal.aborted) setFault(explained(asRefusal(failure)));
    });
    return () => abort.abort();
  }, [product]);
  useEffect(() => {
    // Whoever unfolded them goes on with the first; the row before stays one key away.
    const before = root.current?.previousElementSibling;
    if (found && before?.contains(document.activeElement)) {
      root.current?.querySelector<HTMLElement>("input, [data-row]")?.focus();
    }
  }, [found]);

  const all = (found?.variants ?? []).filter((card) => matches(card, wanted));
  const close = () => {
    const before = root.current?.previousElementSibling;
    onClose();
    if (before instanceof HTMLElement) before.focus();
  };
  return (
    <div
      ref={root}
      class="variants"
      {...roles.rows(t("variants_of", { title }))}
      onKeyDown={(event) => {
        const typing = event.target instanceof HTMLInputElement;
        if (event.key !== "Escape" && (typing || event.key.toLowerCase() !== "v")) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      {(!found || found.variants.length > FIND_FROM || all.length === 0) && (
        <div {...roles.row} class="variants-head">
          <div {...roles.cell}>
            {fault && <p class="field-error">{fault}</p>}
            {!found && !fault && <Spinner label={t("loading")} />}
            {found && (
              <input
                type="search"
                class="input"
                data-row
                autocomplete="off"
                value={wanted}
                placeholder={t("variants_find")}
                aria-label={t("variants_find")}
                onInput={(event) => setWanted(event.currentTarget.value)}
              />
            )}
          </div>
        </div>
      )}
      {all.slice(0, SHOWN_MAX).map((card) => (
        <Variant key={card.sku ?? card.variant} row={row} mine={mine} hit={{ ...hit, card }} />
      ))}
      {all.length > SHOWN_MAX && (
        <div {...roles.row} class="variants-head">
          <div {...roles.cell} class="quiet">
            {t("variants_more", { count: all.length - SHOWN_MAX })}
          </div>
        </div>
      )}
    </div>
  );
}

function Variant({ row, mine, hit }: { row: ConversationRow; mine: boolean; hit: CatalogHit }) {
  const { card } = hit;
  const send = () => mine && recommend(row, hit);
  const compare = () => mine && tick(row.id, card);
  return (
    <div
      class="variant"
      {...roles.selectable(isTicked(row.id, card))}
      data-row
      tabIndex={-1}
      aria-keyshortcuts="Enter C"
      onKeyDown={(event) => {
        const key = event.target === event.currentTarget ? rowKey(event) : undefined;
        if (key !== "send" && key !== "compare") return;
        event.preventDefault();
        if (key === "send") send();
        else compare();
      }}
    >
      <div {...roles.cell} class="variant-words">
        <bdi>{card.variant || card.sku}</bdi>
        <ProductFacts card={card} />
      </div>
      {mine && (
        <div {...roles.cell} class="variant-acts">
          <CompareButton row={row} hit={hit} tabIndex={-1} onClick={compare} />
          <SendButton card={card} tabIndex={-1} onClick={send} />
        </div>
      )}
    </div>
  );
}

/** Every typed word begins some word of the variant, or stands in its SKU. */
function matches(card: ProductCard, wanted: string): boolean {
  const text = ` ${fold(`${card.variant ?? ""} ${card.sku ?? ""}`).replaceAll(/[^\p{L}\p{N}]+/gu, " ")}`;
  return fold(wanted)
    .split(/[^\p{L}\p{N}]+/u)
    .every((word) => text.includes(word === "" ? "" : ` ${word}`));
}

/** Searching the catalog beside the conversation, and sending what was found as a card. */
import { useRef, useState } from "preact/hooks";
import { asRefusal, get } from "../api";
import { ProductFace } from "../products/ProductFace";
import { recommend } from "../products/recommend";
import { type Found, useProductSearch } from "../products/useProductSearch";
import { explained } from "../refusals";
import { address } from "../router";
import { me } from "../session";
import {
  CardPrice,
  CardStock,
  type CatalogHit,
  type CatalogProduct,
  type ConversationId,
  Icon,
  icons,
  type ProductCard,
  type SiteId,
} from "../shared";
import { move } from "../ui/Menu";
import { Spinner } from "../ui/pieces";
import { lang, t } from "../words";

interface ProductsProps {
  site: SiteId;
  conversation: ConversationId;
  /** Only the agent in charge may send. */
  mine: boolean;
}

export function Products({ site, conversation, mine }: ProductsProps) {
  const [text, setText] = useState("");
  const found = useProductSearch(site, text);
  const root = useRef<HTMLDivElement>(null);
  const who = me.value;
  const known = who?.sites.find((one) => one.id === site);
  if (known && known.catalog_products === 0) return <NoCatalog site={site} admin={who?.role === "admin"} />;

  const send = mine ? (card: ProductCard) => recommend(conversation, card) : undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    const all = [...(root.current?.querySelectorAll<HTMLElement>("input, .product-send") ?? [])];
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && move(all, event.key))
      event.preventDefault();
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      const first = found.hits[0];
      if (first && send) send(first.card);
    }
  };
  return (
    <div ref={root} onKeyDown={onKeyDown}>
      <label class="field-label" for="product-search">
        {t("products_search")}
      </label>
      <span class="search-field">
        <Icon d={icons.search} size={18} />
        <input
          id="product-search"
          type="search"
          class="input"
          autocomplete="off"
          spellcheck={false}
          value={text}
          aria-describedby="product-search-state"
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </span>
      <p id="product-search-state" class="quiet">
        {stateWords(found, mine)}
      </p>
      <ul class="products">
        {found.hits.map((hit) => (
          <Product
            key={`${hit.card.product}/${hit.card.sku ?? ""}`}
            hit={hit}
            query={found.query}
            site={site}
            send={send}
          />
        ))}
      </ul>
    </div>
  );
}

function stateWords(found: Found, mine: boolean): string {
  switch (found.state) {
    case "idle":
      return mine ? t("products_begin") : t("products_begin_reading");
    case "searching":
      return found.hits.length > 0 ? "" : t("searching");
    case "found": {
      const read = found.corrections.map((one) => one.read_as).join(" ");
      if (found.hits.length === 0) return t("products_not_found", { q: found.query });
      return read === "" ? "" : t("products_corrected", { words: read });
    }
    case "later":
      return t("products_later");
    case "failed":
      return t("products_failed");
  }
}

interface ProductProps {
  hit: CatalogHit;
  query: string;
  site: SiteId;
  send: ((card: ProductCard) => void) | undefined;
}

function Product({ hit, query, site, send }: ProductProps) {
  const [open, setOpen] = useState(false);
  return (
    <li class="product">
      <div class="product-row">
        <ProductFace hit={hit} query={query} />
      </div>
      <div class="product-acts">
        {send && <Send card={hit.card} send={send} />}
        {hit.variants > 1 && (
          <button type="button" class="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t("variants", { count: hit.variants })}
            <Icon d={open ? icons.chevronUp : icons.chevronDown} size={14} />
          </button>
        )}
      </div>
      {open && <Variants site={site} product={hit.card.product} send={send} />}
    </li>
  );
}

function Send({ card, send }: { card: ProductCard; send: (card: ProductCard) => void }) {
  return (
    <button
      type="button"
      class="button button-small product-send"
      aria-label={t("recommend_named", {
        title: card.variant ? `${card.title}, ${card.variant}` : card.title,
      })}
      onClick={() => send(card)}
    >
      {t("recommend")}
    </button>
  );
}

function Variants({ site, product, send }: { site: SiteId; product: string; send: ProductProps["send"] }) {
  const [found, setFound] = useState<CatalogProduct>();
  const [fault, setFault] = useState<string>();
  const asked = useRef(false);
  if (!asked.current) {
    asked.current = true;
    get<CatalogProduct>(`/sites/${site}/catalog/products/${encodeURIComponent(product)}`).then(
      setFound,
      (failure) => setFault(explained(asRefusal(failure))),
    );
  }
  if (fault) return <p class="field-error">{fault}</p>;
  if (!found) return <Spinner label={t("loading")} />;
  return (
    <ul class="variants">
      {found.variants.map((card) => (
        <li key={card.sku ?? card.variant}>
          <span class="variant-words">
            <span>{card.variant || card.sku}</span>
            <span class="product-facts">
              <CardPrice card={card} lang={lang.value} t={t} />
              <CardStock card={card} t={t} />
            </span>
          </span>
          {send && <Send card={card} send={send} />}
        </li>
      ))}
    </ul>
  );
}

function NoCatalog({ site, admin }: { site: SiteId; admin: boolean }) {
  return (
    <div class="quiet">
      <p>{t("products_none")}</p>
      {admin ? (
        <a class="button button-small" href={address({ name: "catalog", site })}>
          <Icon d={icons.upload} size={16} />
          {t("catalog_import")}
        </a>
      ) : (
        <p>{t("products_none_ask")}</p>
      )}
    </div>
  );
}

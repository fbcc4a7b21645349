/** The products found for what stands after `#`, above the composer; the textarea keeps the focus. */
import { ProductFace } from "../products/ProductFace";
import type { Found } from "../products/useProductSearch";
import { me } from "../session";
import type { ProductCard, SiteId } from "../shared";
import { t } from "../words";

interface FinderListProps {
  site: SiteId;
  found: Found;
  chosen: number;
  onChoose: (card: ProductCard) => void;
  onHover: (place: number) => void;
}

export function optionId(place: number): string {
  return `finder-${place}`;
}

export function FinderList({ site, found, chosen, onChoose, onHover }: FinderListProps) {
  const catalog = me.value?.sites.find((one) => one.id === site)?.catalog_products ?? 0;
  return (
    <div class="finder">
      <div id="finder" class="finder-all" role="listbox" aria-label={t("products_found")}>
        {found.hits.map((hit, place) => (
          <div
            key={`${hit.card.product}/${hit.card.sku ?? ""}`}
            id={optionId(place)}
            role="option"
            tabIndex={-1}
            class="finder-option"
            aria-selected={place === chosen}
            ref={(element) => {
              if (place === chosen) element?.scrollIntoView({ block: "nearest" });
            }}
            onPointerMove={() => onHover(place)}
            onPointerDown={(event) => {
              event.preventDefault();
              onChoose(hit.card);
            }}
          >
            <ProductFace hit={hit} query={found.query} />
          </div>
        ))}
      </div>
      <p class="finder-words">{words(found, catalog)}</p>
    </div>
  );
}

function words(found: Found, catalog: number): string {
  if (catalog === 0) return t("products_none");
  switch (found.state) {
    case "idle":
      return t("finder_begin");
    case "searching":
      return found.hits.length > 0 ? t("finder_keys") : t("searching");
    case "found":
      return found.hits.length > 0 ? t("finder_keys") : t("products_not_found", { q: found.query });
    case "later":
      return t("products_later");
    case "failed":
      return t("products_failed");
  }
}

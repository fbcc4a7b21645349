/** The products found for what stands after `#`, above the composer; the textarea keeps the focus. */
import { ProductFace } from "../products/ProductFace";
import { readAs } from "../products/searching";
import { me } from "../session";
import { type CatalogHit, type ConversationRow, Icon, icons } from "../shared";
import { t } from "../words";
import type { Finding } from "./useFinder";

interface FinderListProps {
  row: ConversationRow;
  finding: Finding;
  onChoose: (hit: CatalogHit) => void;
}

export function optionId(place: number): string {
  return `finder-${place}`;
}

export function FinderList({ row, finding, onChoose }: FinderListProps) {
  const { options, chosen, of, words, choose } = finding;
  const catalog = me.value?.sites.find((one) => one.id === row.site)?.catalog_products ?? 0;
  const label = of ? t("variants_of", { title: of.card.title }) : t("products_found");
  return (
    <div class="finder">
      <div id="finder" class="finder-all" role="listbox" aria-label={label}>
        {options.map((hit, place) => (
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
            onPointerMove={() => place !== chosen && choose(place)}
            onPointerDown={(event) => {
              event.preventDefault();
              onChoose(hit);
            }}
          >
            <ProductFace hit={hit} words={words} />
            {!of && hit.variants > 1 && (
              <span class="finder-more">
                {t("variants", { count: hit.variants })}
                <Icon d={icons.chevronRight} size={14} />
              </span>
            )}
          </div>
        ))}
      </div>
      <p class="finder-words">{catalog === 0 ? t("products_none") : stateWords(finding)}</p>
    </div>
  );
}

function stateWords({ search, options, of }: Finding): string {
  if (of) return t("finder_variants", { title: of.card.title });
  const keys = options.length > 0 ? t("finder_keys") : "";
  switch (search.state) {
    case "idle":
      return options.length > 0 ? `${t("finder_at_hand")} · ${keys}` : t("finder_begin");
    case "asking":
      return keys || t("searching");
    case "answered": {
      const { answer } = search;
      if (!answer || answer.hits.length === 0)
        return t("products_not_found", { q: search.question.text.trim() });
      if (answer.corrections.length === 0) return keys;
      return `${t("products_corrected", { words: readAs(answer) })} ${keys}`;
    }
    case "rebuilding":
      return t("products_rebuilding");
    case "busy":
      return t("products_busy");
    case "failed":
      return t("products_failed");
  }
}

/**
 * Filters of the search: what is on stands as chips to take away, what can be chosen opens below its
 * button with how many products each would leave. Everything is a button or a field: Tab and Enter do.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import {
  type Filter,
  type Filters as FiltersOf,
  filtersOn,
  noFilters,
  withAttribute,
  withBrand,
  withoutFilter,
} from "../../products/question";
import { priceWords } from "../../products/reasons";
import type { Searching } from "../../products/useSearch";
import { attributeName, type CatalogCounts, type CountedValue, Icon, icons, type Money } from "../../shared";
import { t } from "../../words";
import { PriceFilter } from "./PriceFilter";

type Menu = "price" | "category" | "brand" | "attributes";

const MENUS: readonly Menu[] = ["price", "category", "brand", "attributes"];

/** `shown`: the buttons; what is on stays to be seen and taken away in any case. */
export function Filters({ search, put, shown }: Searching & { shown: boolean }) {
  const [open, setOpen] = useState<Menu>();
  const root = useRef<HTMLFieldSetElement>(null);
  const { filters } = search.question;
  const change = (next: FiltersOf) => put({ type: "filtered", filters: next });

  useEffect(() => {
    // Before anything is looked for, nobody has asked what there is to choose from.
    if (open && !search.counts) put({ type: "ranked" });
  }, [open, search.counts === undefined]);
  const close = () => {
    root.current?.querySelector<HTMLElement>(`[data-menu="${open}"]`)?.focus();
    setOpen(undefined);
  };
  const on = filtersOn(filters);
  if (!shown && on.length === 0) return null;
  return (
    <fieldset
      ref={root}
      class="filters"
      aria-label={t("filters")}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        close();
      }}
    >
      {shown && <Buttons search={search} open={open} setOpen={setOpen} change={change} />}
      {shown && open && (
        <Opened
          key={open}
          menu={open}
          filters={filters}
          counts={search.counts}
          like={search.like}
          change={change}
          onDone={close}
        />
      )}
      <FiltersOn on={on} filters={filters} like={search.like} change={change} />
    </fieldset>
  );
}

interface ButtonsProps extends Pick<Searching, "search"> {
  open: Menu | undefined;
  setOpen: (menu: Menu | undefined) => void;
  change: (filters: FiltersOf) => void;
}

function Buttons({ search, open, setOpen, change }: ButtonsProps) {
  const { filters } = search.question;
  // With a filter on, a menu may be the way out of having found nothing.
  const isFree = filtersOn(filters).length === 0;
  return (
    <div class="filter-buttons">
      <button
        type="button"
        class="filter-button"
        aria-pressed={filters.inStock}
        onClick={() => change({ ...filters, inStock: !filters.inStock })}
      >
        {t("filter_in_stock")}
        {search.counts && <span class="filter-count">{search.counts.in_stock}</span>}
      </button>
      {MENUS.map((menu) => (
        <button
          key={menu}
          type="button"
          class="filter-button"
          data-menu={menu}
          aria-expanded={open === menu}
          disabled={open !== menu && isFree && isBare(menu, search.counts)}
          onClick={() => setOpen(open === menu ? undefined : menu)}
        >
          {t(`filter_${menu}`)}
          <Icon d={open === menu ? icons.chevronUp : icons.chevronDown} size={14} />
        </button>
      ))}
    </div>
  );
}

/** None of the products found has anything to choose by. */
function isBare(menu: Menu, counts: CatalogCounts | undefined): boolean {
  if (!counts) return false;
  switch (menu) {
    case "price":
      return counts.prices === undefined;
    case "category":
      return counts.categories.length === 0;
    case "brand":
      return counts.brands.length === 0;
    case "attributes":
      return counts.attributes.length === 0;
  }
}

interface OpenedProps {
  menu: Menu;
  filters: FiltersOf;
  counts: CatalogCounts | undefined;
  like: Money | undefined;
  change: (filters: FiltersOf) => void;
  onDone: () => void;
}

function Opened(opened: OpenedProps) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    root.current?.querySelector<HTMLElement>("input, button")?.focus();
  }, [opened.counts !== undefined]);
  return (
    <div ref={root} class="filter-open">
      <MenuBody {...opened} />
    </div>
  );
}

function MenuBody({ menu, filters, counts, like, change, onDone }: OpenedProps) {
  switch (menu) {
    case "price":
      return (
        <PriceFilter filters={filters} span={counts?.prices} like={like} change={change} onDone={onDone} />
      );
    case "category":
      return <Categories filters={filters} counts={counts} change={change} />;
    case "brand":
      return (
        <Values
          counted={counts?.brands ?? []}
          chosen={filters.brands}
          onChoose={(brand, on) => change(withBrand(filters, brand, on))}
        />
      );
    case "attributes":
      return <Attributes filters={filters} counts={counts} change={change} />;
  }
}

type PartProps = Pick<OpenedProps, "filters" | "counts" | "change">;

function Categories({ filters, counts, change }: PartProps) {
  const paths = counts?.categories ?? [];
  const chosen = filters.category.join("\n");
  if (paths.length === 0 && chosen === "") return <Nothing />;
  const listed = paths.some((one) => one.path.join("\n") === chosen) || chosen === "";
  const all = listed ? paths : [{ path: [...filters.category], products: undefined }, ...paths];
  return (
    <ul class="filter-values">
      {all.map(({ path, products }) => {
        const key = path.join("\n");
        return (
          <li key={key}>
            <button
              type="button"
              class="filter-value"
              aria-pressed={key === chosen}
              onClick={() => change({ ...filters, category: key === chosen ? [] : path })}
            >
              <bdi>{path.join(" › ")}</bdi>
              {products !== undefined && <span class="filter-count">{products}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Attributes({ filters, counts, change }: PartProps) {
  const counted = new Map((counts?.attributes ?? []).map((one) => [one.name, one.values]));
  const names = [...new Set([...filters.attributes.keys(), ...counted.keys()])];
  if (names.length === 0) return <Nothing />;
  return (
    <>
      {names.map((name) => (
        <fieldset key={name} class="filter-group">
          <legend>
            <bdi>{attributeName(name, t)}</bdi>
          </legend>
          <Values
            counted={counted.get(name) ?? []}
            chosen={filters.attributes.get(name) ?? []}
            onChoose={(value, on) => change(withAttribute(filters, name, value, on))}
          />
        </fieldset>
      ))}
    </>
  );
}

interface ValuesProps {
  counted: readonly CountedValue[];
  chosen: readonly string[];
  onChoose: (value: string, on: boolean) => void;
}

/** What is chosen stays listed, also where nothing of it is left. */
function Values({ counted, chosen, onChoose }: ValuesProps) {
  const missing = chosen.filter((value) => !counted.some((one) => one.value === value));
  const all = [...missing.map((value) => ({ value, products: 0 })), ...counted];
  if (all.length === 0) return <Nothing />;
  return (
    <ul class="filter-values">
      {all.map(({ value, products }) => (
        <li key={value}>
          <label class="filter-value">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => onChoose(value, event.currentTarget.checked)}
            />
            <bdi>{value}</bdi>
            <span class="filter-count">{products}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}

function Nothing() {
  return <p class="quiet">{t("filter_nothing")}</p>;
}

interface FiltersOnProps extends Pick<OpenedProps, "filters" | "change"> {
  on: readonly Filter[];
  like: Money | undefined;
}

function FiltersOn({ on, filters, like, change }: FiltersOnProps) {
  if (on.length === 0) return null;
  return (
    <ul class="chips">
      {on.map((filter) => {
        const words = filterWords(filter, like);
        return (
          <li key={`${filter.kind} ${words}`}>
            <button
              type="button"
              class="chip chip-accent chip-off"
              aria-label={t("filter_remove", { filter: words })}
              onClick={() => change(withoutFilter(filters, filter))}
            >
              <bdi>{words}</bdi>
              <Icon d={icons.close} size={14} />
            </button>
          </li>
        );
      })}
      {on.length > 1 && (
        <li>
          <button type="button" class="link-button" onClick={() => change(noFilters)}>
            {t("filters_clear")}
          </button>
        </li>
      )}
    </ul>
  );
}

/** `like`: any price of this catalog, for its currency. */
export function filterWords(filter: Filter, like: Money | undefined): string {
  switch (filter.kind) {
    case "in_stock":
      return t("filter_in_stock");
    case "price": {
      const money = (minor: number | undefined) =>
        minor === undefined || !like ? undefined : { ...like, minor };
      const words = priceWords(money(filter.least), money(filter.most));
      return words === "" ? t("filter_price") : words;
    }
    case "category":
      return filter.path.join(" › ");
    case "brand":
      return filter.value;
    case "attribute":
      return t("filter_valued", { name: attributeName(filter.name, t), value: filter.value });
  }
}

/** From and up to: typed as people write prices, applied by Enter or the button. */
import { useId, useState } from "preact/hooks";
import { amountOf, amountText } from "../../products/amount";
import type { Filters } from "../../products/question";
import { format, type Money, type PriceSpan } from "../../shared";
import { lang, t } from "../../words";

interface PriceFilterProps {
  filters: Filters;
  span: PriceSpan | undefined;
  like: Money | undefined;
  change: (filters: Filters) => void;
  onDone: () => void;
}

/** Where nothing found has a price, its currency is not known either: most have two decimals. */
const DECIMALS = 2;

export function PriceFilter({ filters, span, like, change, onDone }: PriceFilterProps) {
  const decimals = (span?.least ?? like)?.decimals ?? DECIMALS;
  const [least, setLeast] = useState(() => amountText(filters.least, decimals, lang.value));
  const [most, setMost] = useState(() => amountText(filters.most, decimals, lang.value));
  const [bad, setBad] = useState(false);
  const hint = useId();
  const apply = (event: Event) => {
    event.preventDefault();
    const from = amountOf(least, decimals);
    const to = amountOf(most, decimals);
    if (from === "bad" || to === "bad") return setBad(true);
    // Turned round they would fit nothing.
    const turned = from !== undefined && to !== undefined && from > to;
    change({ ...filters, least: turned ? to : from, most: turned ? from : to });
    onDone();
  };
  const field = (label: string, value: string, set: (text: string) => void) => (
    <label class="field">
      <span class="field-label">{label}</span>
      <input
        class="input"
        inputMode="decimal"
        autocomplete="off"
        value={value}
        aria-describedby={hint}
        aria-invalid={bad}
        onInput={(event) => {
          set(event.currentTarget.value);
          setBad(false);
        }}
      />
    </label>
  );
  return (
    <form class="filter-price" onSubmit={apply}>
      {field(t("filter_least"), least, setLeast)}
      {field(t("filter_most"), most, setMost)}
      <button type="submit" class="button">
        {t("filter_apply")}
      </button>
      <p id={hint} class={bad ? "field-error" : "quiet"} {...(bad ? { role: "alert" as const } : {})}>
        {bad ? t("filter_bad_price") : span ? spanWords(span) : ""}
      </p>
    </form>
  );
}

function spanWords({ least, most }: PriceSpan): string {
  return t("filter_span", {
    least: format.money(least, lang.value),
    most: format.money(most, lang.value),
  });
}

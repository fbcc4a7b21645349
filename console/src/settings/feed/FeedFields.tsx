/** What a feed does not say itself: currency, tax, the shop's address. */
import { Field } from "../../ui/Field";
import { t } from "../../words";
import { Select } from "../SiteFields";
import { type FeedDraft, hundredthsOf } from "./draft";

interface FeedFieldsProps {
  draft: Pick<FeedDraft, "currency" | "shopUrl" | "taxRate" | "decimals">;
  /** The file has prices whose decimals cannot be told. */
  asksDecimals?: boolean;
  change: (parts: Partial<FeedDraft>) => void;
}

export function FeedFields({ draft, asksDecimals = false, change }: FeedFieldsProps) {
  const wrongRate = draft.taxRate.trim() !== "" && hundredthsOf(draft.taxRate) === undefined;
  return (
    <div class="two">
      <Field
        label={t("site_currency")}
        required
        minLength={3}
        maxLength={3}
        value={draft.currency}
        onValue={(currency) => change({ currency: currency.toUpperCase() })}
        hint={t("feed_currency_hint")}
      />
      <Field
        label={t("feed_tax")}
        inputMode="decimal"
        value={draft.taxRate}
        onValue={(taxRate) => change({ taxRate })}
        hint={t("feed_tax_hint")}
        error={wrongRate ? t("feed_tax_error") : undefined}
      />
      <Field
        label={t("site_shop")}
        type="url"
        placeholder="https://shop.example"
        value={draft.shopUrl}
        onValue={(shopUrl) => change({ shopUrl })}
        hint={t("site_shop_hint")}
      />
      {asksDecimals && (
        <Select
          label={t("feed_decimals")}
          value={draft.decimals ?? ""}
          onValue={(mark) => change({ decimals: mark === "dot" || mark === "comma" ? mark : undefined })}
        >
          {[
            { value: "", words: t("feed_decimals_auto") },
            { value: "dot", words: t("feed_decimals_dot") },
            { value: "comma", words: t("feed_decimals_comma") },
          ]}
        </Select>
      )}
    </div>
  );
}

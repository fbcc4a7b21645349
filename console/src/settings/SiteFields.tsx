/** The fields that a new site and a site's settings share. */
import { useId } from "preact/hooks";
import { Area, Field } from "../ui/Field";
import { lang, t } from "../words";
import type { SiteDraft } from "./siteDraft";

/** Languages that a store may speak; the bot's own texts decide what is said. */
export const SITE_LANGUAGES = ["fr", "en", "de", "es", "it", "nl", "pt", "ar"];

type Shared = Pick<SiteDraft, "name" | "origins" | "lang" | "currency" | "shopUrl">;

interface SiteFieldsProps {
  draft: Shared;
  change: (parts: Partial<Shared>) => void;
}

export function SiteFields({ draft, change }: SiteFieldsProps) {
  return (
    <>
      <Field
        label={t("site_name")}
        required
        maxLength={80}
        value={draft.name}
        onValue={(name) => change({ name })}
        hint={t("site_name_hint")}
      />
      <Field
        label={t("site_shop")}
        type="url"
        placeholder="https://shop.example"
        value={draft.shopUrl}
        onValue={(shopUrl) => change({ shopUrl })}
        hint={t("site_shop_hint")}
      />
      <Area
        label={t("site_origins")}
        rows={2}
        value={draft.origins}
        onValue={(origins) => change({ origins })}
        hint={t("site_origins_hint")}
      />
      <div class="two">
        <Select label={t("site_lang")} value={draft.lang} onValue={(chosen) => change({ lang: chosen })}>
          {SITE_LANGUAGES.map((code) => ({ value: code, words: languageName(code) }))}
        </Select>
        <Field
          label={t("site_currency")}
          required
          minLength={3}
          maxLength={3}
          value={draft.currency}
          onValue={(currency) => change({ currency: currency.toUpperCase() })}
          hint={t("site_currency_hint")}
        />
      </div>
    </>
  );
}

interface SelectProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  children: readonly { value: string; words: string }[];
}

export function Select({ label, value, onValue, children }: SelectProps) {
  const id = useId();
  const known = children.some((one) => one.value === value);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <select id={id} class="input" value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {!known && <option value={value}>{value}</option>}
        {children.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
    </div>
  );
}

export function languageName(code: string): string {
  return new Intl.DisplayNames(lang.value, { type: "language" }).of(code) ?? code;
}

/** Which language's catalog is looked at, and a way to begin one in another. */
import type { FeedView } from "../../shared";
import { t } from "../../words";
import { languageName, SITE_LANGUAGES } from "../SiteFields";

interface LanguageTabsProps {
  feeds: readonly FeedView[];
  open: string;
  onOpen: (lang: string) => void;
}

export function LanguageTabs({ feeds, open, onOpen }: LanguageTabsProps) {
  const known = feeds.map((feed) => feed.lang);
  const shown = known.includes(open) ? known : [...known, open];
  const others = SITE_LANGUAGES.filter((code) => !shown.includes(code));
  return (
    <nav class="button-row" aria-label={t("catalog_languages")}>
      {shown.map((code) => (
        <button
          key={code}
          type="button"
          class="button button-toggle"
          aria-current={code === open}
          onClick={() => onOpen(code)}
        >
          {languageName(code)}
        </button>
      ))}
      <select
        class="input language-add"
        aria-label={t("catalog_language_add")}
        value=""
        onChange={(event) => {
          if (event.currentTarget.value) onOpen(event.currentTarget.value);
        }}
      >
        <option value="">{t("catalog_language_add")}</option>
        {others.map((code) => (
          <option key={code} value={code}>
            {languageName(code)}
          </option>
        ))}
      </select>
    </nav>
  );
}

/** Which language's texts are shown; how many each still lacks; one more, or one less. */
import { Icon, icons } from "../../shared";
import { Menu, MenuItem } from "../../ui/Menu";
import { toast } from "../../ui/toasts";
import { t } from "../../words";
import { languageName, SITE_LANGUAGES } from "../SiteFields";
import { useEditing } from "./editing";
import { missingIn, withoutLanguage } from "./missing";

const LANGUAGES_MAX = 8;

export function Languages({ onLang }: { onLang: (lang: string) => void }) {
  const { definition, lang, standard, edit } = useEditing();
  const { languages } = definition;
  const others = SITE_LANGUAGES.filter((code) => !languages.includes(code));
  const add = (code: string) => {
    edit({ type: "set", at: "/languages", value: [...languages, code] });
    onLang(code);
  };
  const first = () => {
    const rest = languages.filter((code) => code !== lang);
    edit({ type: "set", at: "/languages", value: [lang, ...rest] });
  };
  const remove = () => {
    const before = definition;
    edit({ type: "replace", definition: withoutLanguage(definition, lang) });
    onLang(standard);
    toast(t("bot_deleted", { name: languageName(lang) }), {
      action: { label: t("bot_undo"), run: () => edit({ type: "replace", definition: before }) },
    });
  };
  return (
    <fieldset class="bot-languages" aria-label={t("bot_languages")}>
      {languages.map((code) => {
        const missing = missingIn(definition, code).length;
        return (
          <button
            key={code}
            type="button"
            class="button button-small button-toggle"
            aria-pressed={code === lang}
            onClick={() => onLang(code)}
          >
            {languageName(code)}
            {missing > 0 && (
              <span class="badge" title={t("bot_missing_count", { count: missing })}>
                {missing}
                <span class="only-read"> {t("bot_missing_count", { count: missing })}</span>
              </span>
            )}
          </button>
        );
      })}
      <Menu
        face={<Icon d={icons.language} size={18} />}
        label={t("bot_languages_change")}
        buttonClass="icon-button bot-small-icon"
        align="start"
      >
        {languages.length < LANGUAGES_MAX &&
          others.map((code) => (
            <MenuItem key={code} onChoose={() => add(code)}>
              {t("bot_language_add", { language: languageName(code) })}
            </MenuItem>
          ))}
        {lang !== standard && (
          <>
            <MenuItem onChoose={first}>{t("bot_language_first", { language: languageName(lang) })}</MenuItem>
            <MenuItem onChoose={remove}>
              {t("bot_language_remove", { language: languageName(lang) })}
            </MenuItem>
          </>
        )}
      </Menu>
    </fieldset>
  );
}

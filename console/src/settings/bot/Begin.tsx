/** No bot yet: a template for the kind of shop, a file, or nothing. */
import { useState } from "preact/hooks";
import { asRefusal, get, put } from "../../api";
import { explained } from "../../refusals";
import type { BotDraftView, BotTemplate, SiteId } from "../../shared";
import { Icon, icons } from "../../shared";
import { type Lang, languageNames, languages, lang as spoken, t } from "../../words";
import first from "../../words/first.json";
import { Ready } from "../area";
import { useLoaded } from "../useLoaded";
import { hasComments, textOf } from "./files";
import { emptyBot } from "./fresh";
import { OpenFile } from "./OpenFile";

const KINDS = ["fashion", "furniture", "food"] as const;

type Kind = (typeof KINDS)[number];

const looks: Record<Kind, string> = { fashion: icons.tag, furniture: icons.box, food: icons.cart };

interface BeginProps {
  site: SiteId;
  /** Of the draft that is not there yet. */
  revision: number;
  onBegun: (draft: BotDraftView) => void;
}

export function Begin({ site, revision, onBegun }: BeginProps) {
  const templates = useLoaded<BotTemplate[]>("/bot/templates");
  const [lang, setLang] = useState<Lang>(spoken.value);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const path = `/sites/${site}/bot/draft`;

  const begin = async (make: () => Promise<BotDraftView>) => {
    setBusy(true);
    setFault(undefined);
    try {
      onBegun(await make());
    } catch (failure) {
      const refusal = asRefusal(failure);
      // Somebody else began meanwhile: their bot is shown.
      if (refusal.code === "stale_version") onBegun(await get<BotDraftView>(path));
      else setFault(explained(refusal));
      setBusy(false);
    }
  };
  /** The comments of a template are ours: in the forms they would only be something to lose. */
  const fromTemplate = async ({ toml }: BotTemplate) => {
    const draft = await put<BotDraftView>(path, { revision, toml });
    if (!draft.definition || !hasComments(toml)) return draft;
    return put<BotDraftView>(path, { revision: draft.revision, definition: draft.definition });
  };
  const fromFile = async (file: File) => {
    const read = await textOf(file);
    if ("fault" in read) return setFault(read.fault);
    await begin(() => put<BotDraftView>(path, { revision, toml: read.text }));
  };
  const fromNothing = () => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return put<BotDraftView>(path, { revision, definition: emptyBot(lang, zone, first[lang]) });
  };

  return (
    <section class="bot-begin" aria-labelledby="bot-begin">
      <h2 id="bot-begin">{t("bot_begin")}</h2>
      <p class="quiet">{t("bot_begin_text")}</p>
      <fieldset class="field">
        <legend class="field-label">{t("bot_begin_lang")}</legend>
        <div class="ticks">
          {languages.map((code) => (
            <label key={code} class="tick">
              <input
                type="radio"
                name="bot-begin-lang"
                checked={lang === code}
                onChange={() => setLang(code)}
              />
              <span lang={code}>{languageNames[code]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <p class="field-error" role="alert">
        {fault}
      </p>
      <Ready of={templates}>
        {(all) => (
          <ul class="bot-templates">
            {KINDS.map((kind) => {
              const template = all.find((one) => one.id === kind && one.lang === lang);
              return (
                template && (
                  <li key={kind}>
                    <button
                      type="button"
                      class="bot-template"
                      disabled={busy}
                      onClick={() => void begin(() => fromTemplate(template))}
                    >
                      <span class="bot-template-icon">
                        <Icon d={looks[kind]} size={24} />
                      </span>
                      <strong>{t(`bot_template_${kind}`)}</strong>
                      <span class="quiet">{t(`bot_template_${kind}_text`)}</span>
                    </button>
                  </li>
                )
              );
            })}
          </ul>
        )}
      </Ready>
      <div class="button-row">
        <button
          type="button"
          class="button button-small"
          disabled={busy}
          onClick={() => void begin(fromNothing)}
        >
          <Icon d={icons.plus} size={16} />
          {t("bot_begin_nothing")}
        </button>
        <OpenFile onFile={(file) => void fromFile(file)} />
      </div>
    </section>
  );
}

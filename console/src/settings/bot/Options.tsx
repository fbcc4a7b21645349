/** The answers of a choice: written here, or those of a list of the catalog. */
import { type FieldDefinition, Icon, icons } from "../../shared";
import { t } from "../../words";
import { Line } from "./Controls";
import { useEditing } from "./editing";
import { said } from "./names";
import { Mover, useOrder } from "./Reorder";
import { SaidAt } from "./Said";
import { WordsField } from "./WordsField";

const OPTIONS_MAX = 12;

export function Options({ at, field }: { at: string; field: FieldDefinition }) {
  const { edit } = useEditing();
  const ofCatalog = field.attribute !== undefined;
  const choose = (catalog: boolean) =>
    edit(
      { type: "set", at: `${at}/attribute`, value: catalog ? "" : undefined },
      {
        type: "set",
        at: `${at}/options`,
        value: catalog ? [] : field.options.length > 0 ? field.options : [{}, {}],
      },
    );
  return (
    <>
      <fieldset class="field">
        <legend class="field-label">{t("bot_options_from")}</legend>
        <div class="ticks">
          {([false, true] as const).map((catalog) => (
            <label key={String(catalog)} class="tick">
              <input
                type="radio"
                name={`${at}-options`}
                checked={ofCatalog === catalog}
                onChange={() => choose(catalog)}
              />
              {t(catalog ? "bot_options_catalog" : "bot_options_here")}
            </label>
          ))}
        </div>
      </fieldset>
      {ofCatalog ? (
        <Line
          at={`${at}/attribute`}
          label={t("bot_attribute")}
          hint={t("bot_attribute_hint")}
          value={field.attribute ?? ""}
          maxLength={60}
          onValue={(value) => edit({ type: "set", at: `${at}/attribute`, value })}
        />
      ) : (
        <Written at={`${at}/options`} field={field} />
      )}
    </>
  );
}

function Written({ at, field }: { at: string; field: FieldDefinition }) {
  const { lang, standard, edit, problems } = useEditing();
  const { options } = field;
  const order = useOrder(at, options.length);
  const nameAt = (place: number) =>
    said(options[place] ?? {}, lang, standard) || t("bot_option_number", { number: place + 1 });
  return (
    <fieldset class="field" data-at={at} tabIndex={-1}>
      <legend class="field-label">{t("bot_options")}</legend>
      <ul class="bot-options">
        {options.map((words, place) => (
          <li key={place} class="bot-option">
            <WordsField
              at={`${at}/${place}`}
              label={t("bot_option_number", { number: place + 1 })}
              words={words}
              maxLength={40}
            />
            <span class="bot-tools">
              <Mover order={order} place={place} name={nameAt(place)} />
              <button
                type="button"
                class="icon-button bot-small-icon"
                aria-label={t("bot_delete_named", { name: nameAt(place) })}
                onClick={() => edit({ type: "remove", at, place })}
              >
                <Icon d={icons.trash} size={16} />
              </button>
            </span>
          </li>
        ))}
      </ul>
      {problems.some((problem) => problem.pointer === at) && <SaidAt at={at} />}
      <button
        type="button"
        class="button button-small bot-start-aligned"
        disabled={options.length >= OPTIONS_MAX}
        onClick={() => {
          edit({ type: "insert", at, place: options.length, value: {} });
          requestAnimationFrame(() =>
            document.querySelector<HTMLElement>(`[data-at="${at}/${options.length}"]`)?.focus(),
          );
        }}
      >
        <Icon d={icons.plus} size={16} />
        {t("bot_option_add")}
      </button>
    </fieldset>
  );
}

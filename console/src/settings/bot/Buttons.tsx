/** The buttons under a step or an answer: at most eight, each with words and one way. */
import type { ButtonDefinition } from "../../shared";
import { Icon, icons } from "../../shared";
import { toast } from "../../ui/toasts";
import { t } from "../../words";
import { Line } from "./Controls";
import { useEditing } from "./editing";
import { newButton } from "./fresh";
import { ButtonPick } from "./LeadsTo";
import { faqName, said } from "./names";
import { droppedOn, Grip, Mover, useOrder } from "./Reorder";
import { SaidOf } from "./Said";
import { WordsField } from "./WordsField";

const BUTTONS_MAX = 8;
const LABEL_CHARS_MAX = 40;

export function Buttons({ at, buttons }: { at: string; buttons: readonly ButtonDefinition[] }) {
  const { definition, lang, standard, edit } = useEditing();
  const order = useOrder(at, buttons.length);
  const nameAt = (place: number) => {
    const button = buttons[place];
    const faq = definition.faq.find((one) => one.id === button?.faq);
    const words = button && said(button.label, lang, standard);
    return (
      words ||
      (faq ? faqName(faq, lang, standard) : undefined) ||
      t("bot_button_number", { number: place + 1 })
    );
  };
  const remove = (place: number) => {
    const value = buttons[place];
    edit({ type: "remove", at, place });
    toast(t("bot_deleted", { name: nameAt(place) }), {
      action: { label: t("bot_undo"), run: () => edit({ type: "insert", at, place, value }) },
    });
  };
  return (
    <fieldset class="bot-buttons" data-at={at} tabIndex={-1}>
      <legend class="field-label">{t("bot_button_list")}</legend>
      <ul class="stack">
        {buttons.map((button, place) => (
          <li
            key={place}
            class={order.over === place ? "bot-button bot-over" : "bot-button"}
            {...droppedOn(order, place, nameAt)}
          >
            <Grip order={order} place={place} />
            <div class="bot-button-fields">
              <WordsField
                at={`${at}/${place}/label`}
                label={t("bot_button_label")}
                words={button.label}
                maxLength={LABEL_CHARS_MAX}
                placeholder={button.faq === undefined ? undefined : nameAt(place)}
              />
              <ButtonPick at={`${at}/${place}`} button={button} />
              <SaidOf at={`${at}/${place}`} />
              {button.url !== undefined && (
                <Line
                  at={`${at}/${place}/url`}
                  label={t("bot_url")}
                  inputMode="url"
                  placeholder="https://"
                  value={button.url}
                  onValue={(url) => edit({ type: "set", at: `${at}/${place}/url`, value: url })}
                />
              )}
            </div>
            <span class="bot-tools">
              <Mover order={order} place={place} name={nameAt(place)} />
              <button
                type="button"
                class="icon-button bot-small-icon"
                aria-label={t("bot_delete_named", { name: nameAt(place) })}
                title={t("bot_delete_named", { name: nameAt(place) })}
                onClick={() => remove(place)}
              >
                <Icon d={icons.trash} size={16} />
              </button>
            </span>
          </li>
        ))}
      </ul>
      <SaidOf at={at} />
      <button
        type="button"
        class="button button-small"
        disabled={buttons.length >= BUTTONS_MAX}
        onClick={() => {
          edit({ type: "insert", at, place: buttons.length, value: newButton() });
          requestAnimationFrame(() =>
            document.querySelector<HTMLElement>(`[data-at="${at}/${buttons.length}/label"]`)?.focus(),
          );
        }}
      >
        <Icon d={icons.plus} size={16} />
        {t("bot_button_add")}
      </button>
    </fieldset>
  );
}

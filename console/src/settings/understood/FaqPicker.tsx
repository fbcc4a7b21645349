/** Which FAQ the ticked questions are added to: a list to type in, the nearest first. */
import { useState } from "preact/hooks";
import { type BotDefinition, Icon, icons } from "../../shared";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { lang, t } from "../../words";
import { faqName, folded, ranked, room } from "./edits";

/** Drawn at once; typing finds the others. */
const SHOWN_MAX = 40;

interface PickerProps {
  definition: BotDefinition;
  texts: readonly string[];
  /** The language that they are added under. */
  under: string;
  nearest: string | undefined;
  onPick: (faq: string) => void;
  onClose: () => void;
}

export function FaqPicker({ definition, texts, under, nearest, onPick, onClose }: PickerProps) {
  const [typed, setTyped] = useState("");
  const named = ranked(definition, texts.join(" "), nearest).map((faq) => ({
    faq,
    name: faqName(faq, lang.value, definition),
  }));
  const found = named.filter(
    ({ faq, name }) => folded(name).includes(folded(typed)) || faq.id.includes(typed.trim().toLowerCase()),
  );
  return (
    <Dialog title={t("gaps_pick_title")} onClose={onClose}>
      <p>{t("gaps_pick_text", { count: texts.length })}</p>
      <Field label={t("gaps_pick_find")} value={typed} onValue={setTyped} type="search" autocomplete="off" />
      {found.length === 0 && <p>{t("gaps_pick_none")}</p>}
      <ul class="gap-faqs">
        {found.slice(0, SHOWN_MAX).map(({ faq, name }) => {
          const full = room(faq, under) < texts.length;
          return (
            <li key={faq.id}>
              <button type="button" class="gap-faq" disabled={full} onClick={() => onPick(faq.id)}>
                <span class="gap-faq-name">
                  {name}
                  {faq.id === nearest && <span class="chip chip-accent">{t("gaps_pick_nearest")}</span>}
                  {full && <span class="chip chip-note">{t("gaps_pick_full")}</span>}
                </span>
                <span class="quiet cut">{Object.values(faq.questions).flat().slice(0, 2).join(" · ")}</span>
                <Icon d={icons.plus} size={16} />
              </button>
            </li>
          );
        })}
      </ul>
      {found.length > SHOWN_MAX && (
        <p class="quiet">{t("gaps_pick_more", { count: found.length - SHOWN_MAX })}</p>
      )}
    </Dialog>
  );
}

/** Which fields are asked at a place, in the order in which they were ticked. */
import { t } from "../../words";
import { Tick } from "./Controls";
import { useEditing } from "./editing";
import { fieldName } from "./names";
import { SaidAt } from "./Said";

interface AskedProps {
  at: string;
  label: string;
  chosen: readonly string[];
  hint?: string;
}

export function Asked({ at, label, chosen, hint }: AskedProps) {
  const { definition, lang, standard, edit, goTo } = useEditing();
  const known = definition.fields.map((field) => ({ id: field.id, name: fieldName(field, lang, standard) }));
  const strange = chosen
    .filter((id) => !known.some((field) => field.id === id))
    .map((id) => ({ id, name: t("bot_to_nothing", { id }) }));
  const tick = (id: string, isOn: boolean) =>
    edit({ type: "set", at, value: isOn ? [...chosen, id] : chosen.filter((one) => one !== id) });
  const names = chosen.map((id) => known.find((field) => field.id === id)?.name ?? id);
  return (
    <fieldset class="field" data-at={at} tabIndex={-1}>
      <legend class="field-label">{label}</legend>
      <div class="ticks">
        {[...known, ...strange].map(({ id, name }) => (
          <Tick key={id} checked={chosen.includes(id)} onChecked={(isOn) => tick(id, isOn)}>
            {name}
          </Tick>
        ))}
        <button type="button" class="link-button" onClick={() => goTo("/fields")}>
          {t(known.length === 0 ? "bot_fields_none" : "bot_fields_edit")}
        </button>
      </div>
      {names.length > 1 && <p class="field-hint">{t("bot_asked_order", { fields: names.join(" → ") })}</p>}
      {hint && <p class="field-hint">{hint}</p>}
      <SaidAt at={at} />
    </fieldset>
  );
}

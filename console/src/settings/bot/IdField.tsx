/** The name by which buttons, forms and tests call a piece of the bot; renamed everywhere at once. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../../words";
import { Line } from "./Controls";
import { useEditing } from "./editing";
import { idFrom, idsOf, type Named, nameOf } from "./references";

interface IdFieldProps {
  at: string;
  what: Named;
  id: string;
  label: string;
}

/** Typed as a name, kept as an id when the field is left; a name that is taken gets a number. */
export function IdField({ at, what, id, label }: IdFieldProps) {
  const { definition, edit } = useEditing();
  const [typed, setTyped] = useState(nameOf(id));
  useEffect(() => setTyped(nameOf(id)), [id]);
  const others = idsOf(definition, what).filter((one) => one !== id);
  const next = typed.trim() === "" || typed === nameOf(id) ? id : idFrom(typed, others, what);
  const keep = () => {
    if (next === id) setTyped(nameOf(id));
    else if (id === "" || others.length < idsOf(definition, what).length - 1)
      // Twice the same id, or none: nobody can say who was meant, so only this one is called otherwise.
      edit({ type: "set", at, value: next });
    else edit({ type: "rename", what, from: id, to: next });
  };
  return (
    <Line
      at={at}
      label={label}
      value={typed}
      onValue={setTyped}
      onBlur={keep}
      maxLength={60}
      hint={t("bot_id_hint", { id: next })}
    />
  );
}

/** Deleting a piece of the bot: at once with a way back, or first with the places that lead to it. */
import { useState } from "preact/hooks";
import { Dialog } from "../../ui/Dialog";
import { toast } from "../../ui/toasts";
import { t } from "../../words";
import { useEditing } from "./editing";
import { placeName } from "./names";
import { read } from "./pointer";
import { leadingTo, type Named } from "./references";

interface Asked {
  place: number;
  name: string;
  leading: readonly string[];
}

/** `ask` deletes or asks; `dialog` is drawn where it is used. */
export function useDeleting(list: string, what: Named) {
  const { definition, lang, edit, open, setOpen, goTo } = useEditing();
  const [asked, setAsked] = useState<Asked>();

  const remove = (place: number, name: string) => {
    const value = read(definition, `${list}/${place}`);
    edit({ type: "remove", at: list, place });
    const shown = open[list];
    if (shown === place) setOpen(list, undefined);
    else if (shown !== undefined && shown > place) setOpen(list, shown - 1);
    toast(t("bot_deleted", { name }), {
      action: { label: t("bot_undo"), run: () => edit({ type: "insert", at: list, place, value }) },
    });
  };

  const ask = (place: number, id: string, name: string) => {
    const own = `${list}/${place}`;
    const leading = leadingTo(definition, what, id).filter((at) => !at.startsWith(`${own}/`));
    if (leading.length > 0) setAsked({ place, name, leading });
    else remove(place, name);
  };

  const dialog = asked && (
    <Dialog title={t("bot_delete_title", { name: asked.name })} onClose={() => setAsked(undefined)}>
      <p>{t("bot_delete_led", { count: asked.leading.length })}</p>
      <ul class="bullets">
        {asked.leading.map((at) => (
          <li key={at}>
            <button
              type="button"
              class="link-button"
              onClick={() => {
                setAsked(undefined);
                goTo(at);
              }}
            >
              {placeName(definition, at, lang)}
            </button>
          </li>
        ))}
      </ul>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => setAsked(undefined)}>
          {t("cancel")}
        </button>
        <button
          type="button"
          class="button button-danger"
          onClick={() => {
            remove(asked.place, asked.name);
            setAsked(undefined);
          }}
        >
          {t("bot_delete_anyway")}
        </button>
      </div>
    </Dialog>
  );
  return { ask, dialog };
}

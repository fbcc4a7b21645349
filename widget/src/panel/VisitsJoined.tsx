/** Before a conversation begins: the pages that will be joined to it, each of which can be struck out. */
import { useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import { close, history } from "../shared/icons-first";
import { useAround } from "./around";

export function VisitsJoined() {
  const { chat, t } = useAround();
  const [, redraw] = useState(0);
  const list = chat.visitsToJoin();
  return (
    <details class="visits">
      <summary>
        <Icon d={history} size={16} />
        {t("visits", { count: list.length })}
      </summary>
      <p>{t("visits_why")}</p>
      <ul>
        {list.map((visit) => {
          const title = visit.page.title || visit.page.url;
          return (
            <li key={visit.at}>
              <bdi title={visit.page.url}>{title}</bdi>
              <button
                type="button"
                class="icon-button"
                aria-label={t("visits_strike", { title })}
                onClick={() => {
                  chat.strikeVisit(visit);
                  redraw((count) => count + 1);
                }}
              >
                <Icon d={close} size={16} />
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

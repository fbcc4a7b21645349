/** A closed conversation above the present one: folded until the visitor asks. */
import { useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import { chevronDown, chevronUp } from "../shared/icons";
import { useAround } from "./around";
import { Rows } from "./Rows";
import { rowsOf } from "./transcript";
import type { Earlier } from "./view";

const NO_NAMES: ReadonlyMap<number, string> = new Map();

export function EarlierConversation({ earlier }: { earlier: Earlier }) {
  const { chat, t } = useAround();
  const [failed, setFailed] = useState(false);
  const { id, log, unfolded } = earlier;
  const unfold = (now: boolean) => {
    setFailed(false);
    chat
      .reach()
      .then((reach) => reach.unfold(id, now))
      .catch(() => setFailed(true));
  };
  return (
    <div class="earlier">
      <button type="button" class="link older" aria-expanded={unfolded} onClick={() => unfold(!unfolded)}>
        <Icon d={unfolded ? chevronUp : chevronDown} size={16} />
        {t(unfolded ? "earlier_hide" : "earlier_show")}
      </button>
      {unfolded && failed && <p class="wrong">{t("wrong_other")}</p>}
      {unfolded && log.before > 0 && (
        <button type="button" class="link older" onClick={() => unfold(true)}>
          {t("older")}
        </button>
      )}
      {unfolded && <Rows rows={rowsOf(log.events, NO_NAMES)} />}
    </div>
  );
}

/** The middle and right columns: one conversation, followed live while it is shown. */
import "../../../widget/src/shared/card.css";
import "../../../widget/src/shared/compare.css";
import "../style/conversation.css";
import "../style/composer.css";
import "../style/panel.css";
import { useEffect, useState } from "preact/hooks";
import { Composer } from "../composer/Composer";
import { leaveRoom, markSeen, openRoom } from "../desk";
import { close } from "../inbox/closing";
import { openActions } from "../inbox/keys";
import { Panel } from "../panel/Panel";
import { firstSuggestion, searchWanted } from "../products/call";
import { recommend } from "../products/recommend";
import type { Tab } from "../router";
import { type ConversationId, icons } from "../shared";
import { dispatch, linkState, rooms, rows, self } from "../state/store";
import { announce } from "../ui/announcer";
import { attentive } from "../ui/clock";
import { Empty, Spinner } from "../ui/pieces";
import { t } from "../words";
import { Head } from "./Head";
import { Transcript } from "./Transcript";
import { TransferDialog } from "./TransferDialog";

export function Conversation({ id, tab }: { id: ConversationId; tab: Tab }) {
  const [transferring, setTransferring] = useState(false);
  const [panelOpen, setPanelOpen] = useState(false);
  const room = rooms.value.get(id);
  const row = rows.value.get(id) ?? room?.details?.row;

  useEffect(() => {
    openRoom(id);
    return leaveRoom;
  }, [id]);

  const mine = row?.stage === "in_progress" && row.in_charge?.id === self.value?.id;
  useEffect(() => {
    openActions.current = {
      reply: () => focusComposer("reply"),
      note: () => focusComposer("note"),
      products: () => {
        if (!row || row.stage === "closed") return;
        setPanelOpen(true);
        searchWanted.value = id;
      },
      suggestion: () => {
        const first = firstSuggestion.peek();
        if (mine && row && first?.conversation === id) recommend(row, first.hit);
        else announce(t("suggestions_wait"));
      },
      close: (next) => mine && row && close(row, next),
    };
    return () => {
      openActions.current = undefined;
    };
  }, [row, mine]);

  // Leaving the window puts the "new messages" line where the reading stopped.
  useEffect(() => {
    if (!attentive.value) dispatch({ type: "looked_away", conversation: id });
  }, [attentive.value, id]);

  if (room?.missing) {
    return (
      <div class="nothing-open">
        <Empty icon={icons.info} title={t("conversation_missing")}>
          {t("conversation_missing_text")}
        </Empty>
      </div>
    );
  }
  if (!room || !row) {
    return (
      <div class="nothing-open">
        <Spinner label={linkState.value === "open" ? t("loading") : t("connecting")} />
      </div>
    );
  }
  return (
    <>
      <article class="conversation" aria-labelledby="conversation-name">
        <Head
          row={row}
          details={room.details}
          tab={tab}
          mine={mine}
          onTransfer={() => setTransferring(true)}
          onPanel={() => setPanelOpen(true)}
        />
        <Transcript room={room} row={row} onSeen={() => markSeen(id)} />
        <Composer row={row} room={room} mine={mine} />
      </article>
      <Panel room={room} row={row} mine={mine} open={panelOpen} onClose={() => setPanelOpen(false)} />
      {transferring && <TransferDialog row={row} onClose={() => setTransferring(false)} />}
    </>
  );
}

/** The composer listens for this: Alt+L and Alt+P come from elsewhere. */
function focusComposer(mode: "reply" | "note"): void {
  dispatchEvent(new CustomEvent("comptoir:compose", { detail: mode }));
}

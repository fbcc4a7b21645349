/** The foot of a conversation: where an agent writes, or why they cannot. */

import { closings, undo } from "../inbox/closing";
import { take, taking } from "../inbox/take";
import type { ConversationRow } from "../shared";
import { format, Icon, icons } from "../shared";
import type { Room } from "../state/view";
import { lang, t } from "../words";
import { Writer } from "./Writer";

interface ComposerProps {
  row: ConversationRow;
  room: Room;
  mine: boolean;
}

export function Composer({ row, room, mine }: ComposerProps) {
  if (closings.value.has(row.id)) {
    return (
      <Unable text={t("closing_soon")}>
        <button type="button" class="button" onClick={() => undo(row.id)}>
          <Icon d={icons.undo} size={18} />
          {t("undo")}
        </button>
      </Unable>
    );
  }
  if (mine) return <Writer row={row} />;
  switch (row.stage) {
    case "bot":
      return <Unable text={t("unable_bot")} />;
    case "waiting":
      return (
        <Unable text={t("unable_waiting")}>
          <button
            type="button"
            class="button button-primary"
            disabled={taking.value !== undefined}
            onClick={() => void take(row)}
          >
            {t("take")}
          </button>
        </Unable>
      );
    case "in_progress":
      return <Unable text={t("unable_colleague", { name: row.in_charge?.first_name ?? "" })} />;
    case "closed":
      return <Unable text={closedWords(row, room)} />;
  }
}

function closedWords(row: ConversationRow, room: Room): string {
  const closed = room.log.events.findLast((event) => event.body.type === "conversation_closed");
  const at = row.closed_at ?? closed?.at ?? row.last.at;
  return t("unable_closed", { when: format.dateTime(at, lang.value) });
}

function Unable({ text, children }: { text: string; children?: preact.ComponentChildren }) {
  return (
    <footer class="composer composer-unable" data-region>
      <Icon d={icons.lock} size={18} />
      <p>{text}</p>
      {children}
    </footer>
  );
}

/** Taking a waiting conversation: one agent wins, the others are told who did and stay where they are. */
import { signal } from "@preact/signals";
import { order } from "../desk";
import { loadDetails, loadList } from "../lists";
import { rowName } from "../names";
import { explained } from "../refusals";
import { go } from "../router";
import type { ConversationId, ConversationRow } from "../shared";
import { dispatch, linkState, self } from "../state/store";
import { announce } from "../ui/announcer";
import { toast } from "../ui/toasts";
import { t } from "../words";

/** The one that was clicked and not answered yet. */
export const taking = signal<ConversationId | undefined>(undefined);

export async function take(row: ConversationRow): Promise<void> {
  if (taking.peek() !== undefined) return;
  if (linkState.peek() !== "open") {
    toast(t("not_connected"), { kind: "bad" });
    return;
  }
  taking.value = row.id;
  const outcome = await order(row.id, { type: "take_conversation", version: row.version });
  taking.value = undefined;
  if (!outcome.ok) {
    toast(explained(outcome.refusal), { kind: "bad" });
    void loadList("waiting");
    return;
  }
  const by = self.peek();
  if (by) {
    // The server's own row follows; until then the composer is there already.
    dispatch({
      type: "row",
      row: {
        ...row,
        stage: "in_progress",
        version: row.version + 1,
        in_charge: by,
        unread: 0,
        first_in_line: false,
      },
    });
  }
  go({ name: "inbox", tab: "in_progress", conversation: row.id });
  void loadDetails(row.id);
  announce(t("taken_by_me", { name: rowName(row) }));
}

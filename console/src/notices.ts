/** Tidings in words: toasts for what asks for an act, the announcer for what is seen anyway, sound on wish. */
import { effect } from "@preact/signals";
import { settledHere } from "./inbox/Offers";
import { rowName } from "./names";
import { go, route } from "./router";
import type { Event } from "./shared";
import { linkState, myUnread, onTiding, self } from "./state/store";
import type { Tiding } from "./state/tidings";
import { chime } from "./ui/alerts";
import { announce } from "./ui/announcer";
import { attentive } from "./ui/clock";
import { toast } from "./ui/toasts";
import { t } from "./words";

export function startNotices(): void {
  onTiding(tell);
  effect(() => {
    const count = myUnread.value;
    document.title = count > 0 ? `(${count}) Comptoir` : "Comptoir";
  });
  let before = linkState.peek();
  effect(() => {
    const state = linkState.value;
    if (self.peek() !== undefined && state !== before) {
      if (state === "lost") announce(t("link_lost"));
      if (state === "open" && before !== "idle") announce(t("link_back"));
    }
    before = state;
  });
}

function tell(tiding: Tiding): void {
  switch (tiding.type) {
    case "waits":
      announce(t("told_waits", { name: rowName(tiding.row) }));
      chime("waits", t("told_waits", { name: rowName(tiding.row) }));
      return;
    case "said":
      if (!shown(tiding.row.id))
        announce(t("told_said", { name: rowName(tiding.row), text: tiding.row.last.text }));
      if (!shown(tiding.row.id) || !attentive.peek())
        chime("said", t("told_said_short", { name: rowName(tiding.row) }));
      return;
    case "heard":
      if (tiding.row) announce(t("told_said", { name: rowName(tiding.row), text: spoken(tiding.event) }));
      return;
    case "offered":
      announce(t("offer_received", { name: tiding.from.first_name, visitor: rowName(tiding.row) }));
      chime("waits", t("offer_received", { name: tiding.from.first_name, visitor: rowName(tiding.row) }));
      return;
    case "offer_gone":
      if (!settledHere.has(tiding.transfer)) toast(t("told_offer_gone", { visitor: rowName(tiding.row) }));
      return;
    case "offer_accepted":
      toast(t("told_offer_accepted", { name: tiding.by.first_name, visitor: rowName(tiding.row) }), {
        kind: "good",
      });
      return;
    case "offer_ended":
      if (settledHere.has(tiding.transfer)) return;
      toast(t("told_offer_ended", { name: tiding.by.first_name, visitor: rowName(tiding.row) }), {
        action: {
          label: t("show"),
          run: () => go({ name: "inbox", tab: "in_progress", conversation: tiding.row.id }),
        },
      });
      return;
    case "lost":
      toast(t("told_lost", { visitor: rowName(tiding.row) }), { kind: "bad" });
      return;
  }
}

function shown(id: string): boolean {
  const here = route.peek();
  return here.name === "inbox" && here.conversation === id;
}

function spoken({ body }: Event): string {
  switch (body.type) {
    case "message_posted":
      return body.text;
    case "button_chosen":
      return body.label;
    case "document_shared":
      return t("line_document", { name: body.document.name });
    default:
      return "";
  }
}

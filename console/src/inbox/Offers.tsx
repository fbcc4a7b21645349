/** Conversations that colleagues offer to me: accept or decline within the time that is left. */
import { useEffect, useState } from "preact/hooks";
import { order } from "../desk";
import { rowName } from "../names";
import { explained } from "../refusals";
import { go } from "../router";
import { type ConversationRow, Icon, icons, type TransferId, type TransferOffer } from "../shared";
import { dispatch, offers, self } from "../state/store";
import { countSeconds, second } from "../ui/clock";
import { toast } from "../ui/toasts";
import { t } from "../words";

/** Answered or withdrawn here: that they are gone is no news. */
export const settledHere = new Set<TransferId>();

export function Offers() {
  return (
    <>
      {offers.value.map((row) => row.offer && <Offer key={row.offer.transfer} row={row} offer={row.offer} />)}
    </>
  );
}

function Offer({ row, offer }: { row: ConversationRow; offer: TransferOffer }) {
  const [busy, setBusy] = useState(false);
  const left = useSecondsLeft(offer.expires_at);
  const answer = async (accept: boolean) => {
    setBusy(true);
    const { transfer } = offer;
    settledHere.add(transfer);
    const outcome = await order(row.id, { type: accept ? "accept_transfer" : "decline_transfer", transfer });
    setBusy(false);
    if (!outcome.ok) {
      toast(explained(outcome.refusal), { kind: "bad" });
      return;
    }
    const { offer: _, ...rest } = row;
    const by = self.peek();
    dispatch({
      type: "row",
      row: accept && by ? { ...rest, version: row.version + 1, in_charge: by } : rest,
    });
    if (accept) go({ name: "inbox", tab: "in_progress", conversation: row.id });
  };
  return (
    <section class="banner banner-offer" aria-label={t("offer_label")}>
      <Icon d={icons.transfer} size={18} />
      <p class="banner-text">
        <strong>{t("offer_received", { name: offer.from.first_name, visitor: rowName(row) })}</strong>
        {offer.note && <span class="offer-note">{t("offer_note", { note: offer.note })}</span>}
      </p>
      <span class="countdown" aria-hidden="true">
        {t("seconds", { count: left })}
      </span>
      <button
        type="button"
        class="button button-primary button-small"
        disabled={busy}
        onClick={() => void answer(true)}
      >
        {t("accept")}
      </button>
      <button type="button" class="button button-small" disabled={busy} onClick={() => void answer(false)}>
        {t("decline")}
      </button>
    </section>
  );
}

export function useSecondsLeft(until: string): number {
  useEffect(countSeconds, []);
  return Math.max(0, Math.ceil((Date.parse(until) - second.value) / 1000));
}

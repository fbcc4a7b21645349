/** Offering the conversation to a colleague: who is there, how busy they are, a note for them. */
import { useEffect, useState } from "preact/hooks";
import { order } from "../desk";
import { loadColleagues } from "../lists";
import { rowName } from "../names";
import { explained } from "../refusals";
import type { AgentPresence, ConversationRow } from "../shared";
import { colleagues, self } from "../state/store";
import { Dialog } from "../ui/Dialog";
import { Area } from "../ui/Field";
import { Avatar, PresenceDot, presenceWords } from "../ui/pieces";
import { toast } from "../ui/toasts";
import { t } from "../words";

const NOTE_CHARS_MAX = 1_000;
const rank = { available: 0, busy: 1, away: 2 } as const;

export function TransferDialog({ row, onClose }: { row: ConversationRow; onClose: () => void }) {
  const [to, setTo] = useState<string>();
  const [note, setNote] = useState("");
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => void loadColleagues(), []);
  const able = candidates([...colleagues.value.values()], row, self.value?.id);

  const offer = async (event: Event) => {
    event.preventDefault();
    const target = able.find((one) => one.agent.id === to);
    if (!target) return setFault(t("transfer_choose"));
    setBusy(true);
    const command = {
      type: "offer_transfer" as const,
      version: row.version,
      to: target.agent.id,
      note: note.trim(),
    };
    const outcome = await order(row.id, command);
    setBusy(false);
    if (!outcome.ok) return setFault(explained(outcome.refusal));
    toast(t("transfer_offered_to", { name: target.agent.first_name }));
    onClose();
  };

  return (
    <Dialog title={t("transfer_title", { name: rowName(row) })} onClose={onClose}>
      <form class="stack" onSubmit={offer}>
        <fieldset class="choices">
          <legend class="field-label">{t("transfer_to")}</legend>
          {able.length === 0 && <p class="quiet">{t("transfer_nobody")}</p>}
          {able.map((one) => (
            <Colleague
              key={one.agent.id}
              one={one}
              chosen={one.agent.id === to}
              onChoose={() => setTo(one.agent.id)}
            />
          ))}
        </fieldset>
        <Area
          label={t("transfer_note")}
          hint={t("transfer_note_hint")}
          value={note}
          onValue={setNote}
          maxLength={NOTE_CHARS_MAX}
        />
        <p class="field-error" role="alert">
          {fault}
        </p>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {t("cancel")}
          </button>
          <button type="submit" class="button button-primary" disabled={busy || to === undefined}>
            {t("transfer_offer")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Colleagues of this site, those who can answer first. */
function candidates(
  all: readonly AgentPresence[],
  row: ConversationRow,
  me: string | undefined,
): AgentPresence[] {
  return all
    .filter((one) => one.agent.id !== me && one.sites.includes(row.site))
    .sort(
      (a, b) =>
        Number(b.online) - Number(a.online) ||
        rank[a.presence] - rank[b.presence] ||
        a.load - b.load ||
        a.agent.first_name.localeCompare(b.agent.first_name),
    );
}

function Colleague({ one, chosen, onChoose }: { one: AgentPresence; chosen: boolean; onChoose: () => void }) {
  return (
    <label class="choice">
      <input type="radio" name="colleague" checked={chosen} disabled={!one.online} onChange={onChoose} />
      <Avatar name={one.agent.first_name} size="s" />
      <span class="choice-words">
        <strong>{one.agent.first_name}</strong>
        <span class="choice-note">
          <PresenceDot presence={one.presence} online={one.online} />
          {presenceWords(one.presence, one.online)}
          {one.online && ` · ${t("transfer_load", { count: one.load })}`}
        </span>
      </span>
    </label>
  );
}

/** The head of a conversation: who, what they said of themselves, where they are, what can be done. */
import { useEffect, useState } from "preact/hooks";
import { order } from "../desk";
import { close, closings, undo } from "../inbox/closing";
import { settledHere, useSecondsLeft } from "../inbox/Offers";
import { pathOf, rowName } from "../names";
import { explained } from "../refusals";
import { address, type Tab } from "../router";
import { me } from "../session";
import {
  type ConversationDetails,
  type ConversationRow,
  type Detail,
  Icon,
  icons,
  LINK_REL,
  safeLink,
  type TransferOffer,
} from "../shared";
import { self } from "../state/store";
import { toast } from "../ui/toasts";
import { t } from "../words";
import { ShareButton } from "./ShareButton";

/** Details beyond these are folded: the head must leave room for what is said. */
const DETAILS_SHOWN = 2;

interface HeadProps {
  row: ConversationRow;
  details: ConversationDetails | undefined;
  tab: Tab;
  mine: boolean;
  onTransfer: () => void;
  onPanel: () => void;
}

export function Head({ row, details, tab, mine, onTransfer, onPanel }: HeadProps) {
  return (
    <header class="conversation-head" data-region>
      <a class="icon-button back" href={address({ name: "inbox", tab })} aria-label={t("back")}>
        <Icon d={icons.arrowLeft} />
      </a>
      <div class="head-words">
        <div class="head-name">
          <h1 id="conversation-name">
            <bdi>{rowName(row)}</bdi>
          </h1>
          {row.test && <span class="chip chip-accent">{t("mark_test")}</span>}
        </div>
        <HeadDetails details={details?.details ?? []} />
        <HeadPlace row={row} details={details} />
      </div>
      <div class="head-actions">
        {mine && <OwnActions row={row} onTransfer={onTransfer} />}
        <button type="button" class="icon-button panel-button" aria-label={t("panel_open")} onClick={onPanel}>
          <Icon d={icons.panelRight} />
        </button>
      </div>
      {row.offer && row.offer.from.id === self.value?.id && <OwnOffer row={row} offer={row.offer} />}
    </header>
  );
}

/** E-mail first: it is what agents look for. The name is the heading already. */
function HeadDetails({ details }: { details: readonly Detail[] }) {
  const [all, setAll] = useState(false);
  const others = details.filter((one) => one.role !== "name");
  const sorted = [...others].sort((a, b) => Number(b.role === "email") - Number(a.role === "email"));
  if (sorted.length === 0) return null;
  const shown = all ? sorted : sorted.slice(0, DETAILS_SHOWN);
  const folded = sorted.length - DETAILS_SHOWN;
  return (
    <dl class="head-details">
      {shown.map((one) => (
        <div key={one.field}>
          <dt>{one.label}</dt>
          <dd>
            {one.role === "email" ? (
              <a href={`mailto:${encodeURI(one.value)}`}>{one.value}</a>
            ) : (
              <bdi>{one.value}</bdi>
            )}
          </dd>
        </div>
      ))}
      {folded > 0 && (
        <div>
          <dt class="only-read">{t("details")}</dt>
          <dd>
            <button type="button" class="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t("details_fewer") : t("details_more", { count: folded })}
            </button>
          </dd>
        </div>
      )}
    </dl>
  );
}

function HeadPlace({ row, details }: { row: ConversationRow; details: ConversationDetails | undefined }) {
  const site = me.value?.sites.find((one) => one.id === row.site)?.name;
  const page = details?.visits.at(-1)?.page;
  const link = safeLink(page?.url);
  return (
    <p class="head-place">
      {site && <span>{site}</span>}
      {page && link && row.stage !== "closed" && (
        <a href={link} rel={LINK_REL} target="_blank" title={page.title}>
          {t("on_page", { path: pathOf(page.url) })}
        </a>
      )}
      <span class={row.visitor_online && row.stage !== "closed" ? "online" : "offline"}>
        {row.stage === "closed" ? t("stage_closed") : row.visitor_online ? t("online") : t("offline")}
      </span>
    </p>
  );
}

function OwnActions({ row, onTransfer }: { row: ConversationRow; onTransfer: () => void }) {
  const closing = closings.value.get(row.id);
  if (closing !== undefined) {
    return (
      <button type="button" class="button" onClick={() => undo(row.id)}>
        <Icon d={icons.undo} size={18} />
        {t("undo_close")}
      </button>
    );
  }
  return (
    <>
      <ShareButton row={row} />
      <button type="button" class="button" disabled={row.offer !== undefined} onClick={onTransfer}>
        <Icon d={icons.transfer} size={18} />
        <span>{t("transfer")}</span>
      </button>
      <button
        type="button"
        class="button button-danger"
        aria-label={t("close_conversation")}
        onClick={() => close(row)}
      >
        <Icon d={icons.archive} size={18} />
        <span>{t("close")}</span>
      </button>
    </>
  );
}

/** The giver waits: who was asked, how long yet, and a way to take the offer back. */
function OwnOffer({ row, offer }: { row: ConversationRow; offer: TransferOffer }) {
  const left = useSecondsLeft(offer.expires_at);
  const [busy, setBusy] = useState(false);
  useEffect(() => setBusy(false), [offer.transfer]);
  const withdraw = async () => {
    setBusy(true);
    settledHere.add(offer.transfer);
    const outcome = await order(row.id, { type: "withdraw_transfer", transfer: offer.transfer });
    if (!outcome.ok) {
      setBusy(false);
      toast(explained(outcome.refusal), { kind: "bad" });
    }
  };
  return (
    <div class="head-offer">
      <Icon d={icons.clock} size={16} />
      <span>{t("offer_waits", { name: offer.to.first_name })}</span>
      <span class="countdown" aria-hidden="true">
        {t("seconds", { count: left })}
      </span>
      <button type="button" class="button button-small" disabled={busy} onClick={() => void withdraw()}>
        {t("withdraw")}
      </button>
    </div>
  );
}

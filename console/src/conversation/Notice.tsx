/** What happened to the conversation, in the middle of it: queued, taken, transferred, its page shared, closed, rated. */
import { type AgentRef, format, type QueueReason, type TransferOutcome } from "../shared";
import type { NoticeBody } from "../state/transcript";
import { lang, t } from "../words";
import { shareActs, shareStep } from "./shareWords";

interface NoticeProps {
  body: NoticeBody;
  at: string;
  me: AgentRef | undefined;
}

export function Notice({ body, at, me }: NoticeProps) {
  return (
    <li class="line-notice">
      <p class="notice">
        <time dateTime={at} title={format.dateTime(at, lang.value)}>
          {format.time(at, lang.value)}
        </time>
        <span>{sentence(body, me)}</span>
      </p>
    </li>
  );
}

function sentence(body: NoticeBody, me: AgentRef | undefined): string {
  switch (body.type) {
    case "conversation_queued":
      return queued(body.reason);
    case "conversation_taken":
      return body.by.id === me?.id ? t("notice_taken") : t("notice_taken_by", { name: body.by.first_name });
    case "transfer_offered": {
      const words = t("notice_offered", { from: body.from.first_name, to: body.to.first_name });
      return body.note ? `${words} ${t("offer_note", { note: body.note })}` : words;
    }
    case "transfer_ended":
      return ended(body.outcome);
    case "conversation_transferred":
      return t("notice_transferred", { from: body.from.first_name, to: body.to.first_name });
    case "conversation_closed":
      return t("notice_closed", { name: body.by.first_name });
    case "conversation_rated": {
      const words = t("mark_rated", { rating: body.rating });
      return body.comment ? `${words} · ${body.comment}` : words;
    }
    case "share_changed":
      return shareStep(body.step);
    case "share_acted":
      return shareActs(body.by, body.acts);
  }
}

function queued(reason: QueueReason): string {
  switch (reason.type) {
    case "handoff":
      return t("notice_queued");
    case "message_left":
      return t("notice_message_left");
    case "agent_gone":
      return t("notice_agent_gone", { name: reason.agent.first_name });
  }
}

function ended(outcome: TransferOutcome): string {
  return t(`outcome_${outcome}`);
}

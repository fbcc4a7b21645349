/** One line of the transcript, by its kind. The sender stands in the text of each, not only in its colour. */
import { useState } from "preact/hooks";
import { drop, repeat } from "../desk";
import { rowName } from "../names";
import { explained } from "../refusals";
import { type ConversationRow, format, Icon, icons, Text } from "../shared";
import { self } from "../state/store";
import type { Line as LineOf, Sent, Speaker } from "../state/transcript";
import { now } from "../ui/clock";
import { Lazy } from "../ui/Lazy";
import { lang, learn, t } from "../words";
import { tryWords } from "../words/try";
import { BotTurnLine } from "./BotTurnLine";
import { DocumentBubble } from "./DocumentBubble";
import { Notice } from "./Notice";
import { ShownCard, ShownComparison, ShownMark, wasMarked } from "./Shown";

interface LineProps {
  line: LineOf;
  row: ConversationRow;
}

export function Line({ line, row }: LineProps) {
  switch (line.type) {
    case "day":
      return (
        <li class="line-day">
          <time dateTime={line.at}>{format.day(line.at, new Date(now.value), lang.value, t)}</time>
        </li>
      );
    case "new":
      return (
        <li class="line-new">
          <span>{t("new_messages")}</span>
        </li>
      );
    case "notice":
      return <Notice body={line.body} at={line.at} me={self.value} />;
    case "note":
      return (
        <li class="line line-note">
          <div class="note">
            <strong>{t("internal_note")}</strong>
            <span class="said">
              <Text text={line.text} />
            </span>
          </div>
          <Foot line={line} row={row} />
        </li>
      );
    case "turn":
      return (
        <li class="line line-bot">
          <BotTurnLine line={line} row={row} />
          <Foot line={line} row={row} />
        </li>
      );
    default:
      return (
        <li class={`line line-${line.from.who}`}>
          <Bubble line={line} row={row} />
          <Foot line={line} row={row} />
        </li>
      );
  }
}

interface BubbleProps {
  line: Extract<LineOf, { type: "text" | "choice" | "details" | "document" | "card" | "comparison" }>;
  row: ConversationRow;
}

function Bubble({ line, row }: BubbleProps) {
  switch (line.type) {
    case "text":
      return (
        <div class={line.sent?.state === "sending" ? "bubble said bubble-sending" : "bubble said"}>
          <Text text={line.text} />
        </div>
      );
    case "choice":
      return (
        <div class="bubble bubble-choice">
          <Icon d={icons.check} size={16} label={t("chose")} />
          <span class="said">{line.label}</span>
        </div>
      );
    case "details":
      return (
        <dl class="bubble bubble-details">
          {line.details.map((one) => (
            <div key={one.field}>
              <dt>{one.label}</dt>
              <dd>
                <bdi>{one.value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      );
    case "document":
      return <DocumentBubble document={line.document} />;
    case "card":
      return <ShownCard line={line} row={row} />;
    case "comparison":
      return <ShownComparison line={line} row={row} />;
  }
}

/** Under the last line of a group: who, when, how far it got, and why the bot said it. A failure stands under its own line always. */
function Foot({ line, row }: { line: Extract<LineOf, { from: Speaker }>; row: ConversationRow }) {
  const [asked, setAsked] = useState(false);
  if (line.sent?.state === "failed" && line.sent.pending) return <Failure sent={line.sent} />;
  const name = speakerName(line.from, row);
  const shown = line.type === "card" || line.type === "comparison" || line.type === "turn";
  if (!line.foot && !shown) return <span class="only-read">{name}</span>;
  const why = line.type === "turn" ? line.why : undefined;
  return (
    <>
      <p class="foot">
        <span>{name}</span>
        <time dateTime={line.at} title={format.dateTime(line.at, lang.value)}>
          {format.time(line.at, lang.value)}
        </time>
        {shown && wasMarked(line.marks) ? (
          <ShownMark marks={line.marks} />
        ) : (
          line.sent && <SendMark sent={line.sent} />
        )}
        {why && (
          <button type="button" class="link-button" aria-expanded={asked} onClick={() => setAsked(!asked)}>
            {t("bot_why")}
          </button>
        )}
      </p>
      {why && asked && <Lazy name="because" load={becauseChunk} props={{ why }} />}
    </>
  );
}

/** In words, which come when somebody asks. */
async function becauseChunk() {
  const [{ Because }] = await Promise.all([import("./Because"), learn(tryWords)]);
  return Because;
}

function SendMark({ sent }: { sent: Sent }) {
  if (sent.state === "failed") return null;
  const icon = sent.state === "sending" ? icons.clock : sent.state === "sent" ? icons.check : icons.checks;
  return (
    <span class={`mark mark-${sent.state}`}>
      <Icon d={icon} size={14} />
      {t(`send_${sent.state}`)}
    </span>
  );
}

function Failure({ sent }: { sent: Sent }) {
  const id = sent.pending ?? "";
  return (
    <p class="foot foot-failed">
      <Icon d={icons.alert} size={14} />
      <span>
        {t("send_failed")} {sent.refusal ? explained(sent.refusal) : ""}
      </span>
      <button type="button" class="link-button" onClick={() => repeat(id)}>
        {t("retry")}
      </button>
      <button type="button" class="link-button" onClick={() => drop(id)}>
        {t("discard")}
      </button>
    </p>
  );
}

function speakerName(from: Speaker, row: ConversationRow): string {
  switch (from.who) {
    case "visitor":
      return rowName(row);
    case "bot":
      return t("bot");
    case "agent":
      return from.mine ? t("you") : from.agent.first_name;
  }
}

/** A list of rows: days, notices and what was said, each message naming its sender for screen readers. */
import { dateTime, day, time } from "../shared/dates";
import { Icon } from "../shared/icon";
import { bot } from "../shared/icons-first";
import { Avatar } from "./Avatar";
import { type Around, useAround } from "./around";
import { CardRow, CompareRow, DocumentRow, Fate, Text } from "./parts";
import type { Content, Notice, Row, SaidRow, Sender } from "./transcript";

/** `live`: the present conversation, whose cards are marked as seen and opened. */
export function Rows({ rows, live = false }: { rows: readonly Row[]; live?: boolean }) {
  return (
    <div class="rows">
      {rows.map((row) => (
        <RowOf key={row.key} row={row} live={live} />
      ))}
    </div>
  );
}

function RowOf({ row, live }: { row: Row; live: boolean }) {
  const { lang, t } = useAround();
  switch (row.type) {
    case "day":
      return (
        <p class="day">
          <time dateTime={row.at}>{day(row.at, new Date(), lang, t)}</time>
        </p>
      );
    case "notice":
      return (
        <p class="notice" title={dateTime(row.at, lang)}>
          {noticeWords(row.notice, t)}
        </p>
      );
    case "said":
      return <Said row={row} live={live} />;
  }
}

export function noticeWords(notice: Notice, t: Around["t"]): string {
  switch (notice.type) {
    case "queued":
      return t("notice_queued");
    case "left":
      return t("notice_left");
    case "gone":
      return t("notice_gone", { name: notice.name });
    case "taken":
      return t("with_agent", { name: notice.name });
    case "transferred":
      return t("notice_transferred", { from: notice.from, to: notice.to });
    case "share":
      return t(`notice_share_${notice.now}`, { name: notice.name });
    case "closed":
      return `${t("notice_closed")} ${t("notice_again")}`;
  }
}

function Said({ row, live }: { row: SaidRow; live: boolean }) {
  const { lang } = useAround();
  const mine = row.sender.type === "visitor";
  const name = useName(row.sender);
  return (
    <div class={`said ${mine ? "mine" : "theirs"} ${row.first ? "first" : ""} ${row.last ? "last" : ""}`}>
      {!mine && <SenderAvatar sender={row.sender} shown={row.last} />}
      <div class="said-body">
        <span class="only-read">{name}: </span>
        <Said.Content content={row.content} seq={row.seq} mine={mine} live={live} />
        {row.failed ? (
          <Fate row={row} />
        ) : (
          (row.last || row.state) && (
            <p class="meta">
              {!mine && (
                <>
                  <bdi>{name}</bdi> ·{" "}
                </>
              )}
              <time dateTime={row.at} title={dateTime(row.at, lang)}>
                {time(row.at, lang)}
              </time>
              {row.state && <Fate row={row} />}
            </p>
          )
        )}
      </div>
    </div>
  );
}

Said.Content = function SaidContent(props: { content: Content; seq: number; mine: boolean; live: boolean }) {
  const { content, seq, live } = props;
  switch (content.type) {
    case "text":
      return (
        <p class="bubble" dir="auto">
          {/https?:|mailto:|tel:/i.test(content.text) ? <Text text={content.text} /> : content.text}
        </p>
      );
    case "details":
      return (
        <dl class="bubble details">
          {content.details.map((detail) => (
            <div key={detail.field}>
              <dt>{detail.label}</dt>
              <dd dir="auto">{detail.value || "–"}</dd>
            </div>
          ))}
        </dl>
      );
    case "document":
      return <DocumentRow document={content.document} />;
    case "card":
      return <CardRow seq={seq} card={content.card} several={content.several} live={live && seq > 0} />;
    case "comparison":
      return <CompareRow seq={seq} comparison={content.comparison} live={live} />;
  }
};

function SenderAvatar({ sender, shown }: { sender: Sender; shown: boolean }) {
  if (!shown) return <span class="avatar-gap" />;
  return sender.type === "agent" ? (
    <Avatar name={sender.agent.first_name} />
  ) : (
    <span class="avatar bot" aria-hidden="true">
      <Icon d={bot} size={16} />
    </span>
  );
}

function useName(sender: Sender): string {
  const { config, t } = useAround();
  switch (sender.type) {
    case "bot":
      return config.bot_name;
    case "agent":
      return sender.agent.first_name;
    case "visitor":
      return t("you");
  }
}

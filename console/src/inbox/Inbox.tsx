/** The inbox: list, conversation and details side by side; one column at a time on a phone. */
import { useEffect } from "preact/hooks";
import type { Tab } from "../router";
import { type ConversationId, icons } from "../shared";
import { counts } from "../state/store";
import { Lazy } from "../ui/Lazy";
import { Empty } from "../ui/pieces";
import { learn, t } from "../words";
import { productWords } from "../words/products";
import { sharingWords } from "../words/sharing";
import { watchKeys } from "./keys";
import { ListColumn } from "./ListColumn";
import { Offers } from "./Offers";

const conversationChunk = async () => {
  const [{ Conversation }] = await Promise.all([
    import("../conversation/Conversation"),
    learn(productWords, sharingWords),
  ]);
  return Conversation;
};

interface InboxProps {
  tab: Tab;
  conversation: ConversationId | undefined;
}

export function Inbox({ tab, conversation }: InboxProps) {
  useEffect(watchKeys, []);
  // Whoever sees the list opens one soon.
  useEffect(() => void conversationChunk(), []);
  return (
    <div class="inbox-frame">
      <Offers />
      <main class={conversation === undefined ? "inbox" : "inbox inbox-open"}>
        <ListColumn tab={tab} open={conversation} />
        {conversation === undefined ? (
          <div class="nothing-open">
            <NothingOpen tab={tab} />
          </div>
        ) : (
          <Lazy
            key={conversation}
            name="conversation"
            load={conversationChunk}
            props={{ id: conversation, tab }}
          />
        )}
      </main>
    </div>
  );
}

function NothingOpen({ tab }: { tab: Tab }) {
  const { waiting } = counts.value;
  switch (tab) {
    case "waiting":
      return (
        <Empty icon={icons.messages} title={t("open_nothing")}>
          {waiting > 0 ? t("open_waiting", { count: waiting }) : t("open_nobody_waits")}
        </Empty>
      );
    case "in_progress":
      return (
        <Empty icon={icons.messages} title={t("open_nothing")}>
          {t("open_in_progress")}
        </Empty>
      );
    case "history":
      return (
        <Empty icon={icons.history} title={t("open_nothing")}>
          {t("open_history")}
        </Empty>
      );
  }
}

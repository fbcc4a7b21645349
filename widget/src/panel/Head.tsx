/** With whom the visitor speaks, and the buttons of the panel itself. */
import { useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import { bell, bellOff, bot, close as closeIcon } from "../shared/icons-first";
import { Avatar } from "./Avatar";
import { useAround } from "./around";
import { leftMessage } from "./transcript";

export function Head({ close }: { close(): void }) {
  const { chat, config, t } = useAround();
  const { head, link, reachable } = chat.view;
  const agent = head?.stage === "in_progress" ? head.in_charge : undefined;
  const title = agent ? t("with_agent", { name: agent.first_name }) : config.bot_name;
  const waiting = leftMessage(chat.view.log.events) ? "head_left" : "head_waiting";
  const line =
    head?.stage === "waiting" ? t(waiting) : head?.stage === "closed" ? t("head_closed") : undefined;
  const online = link !== "lost" && link !== "ended" && (agent || (reachable && head?.stage !== "closed"));
  return (
    <div class="head">
      {agent ? <Avatar name={agent.first_name} /> : <Avatar icon={bot} />}
      <div class="head-words">
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <p>
          {online && <i class="online" />}
          <bdi>{agent ? config.name : (line ?? t("head_bot"))}</bdi>
        </p>
      </div>
      <Mute />
      <button type="button" class="head-button" aria-label={t("panel_close")} onClick={close}>
        <Icon d={closeIcon} />
      </button>
    </div>
  );
}

function Mute() {
  const { chat, t } = useAround();
  const [muted, setMuted] = useState(chat.memory.visitor.muted === true);
  const toggle = () => {
    chat.memory.keepVisitor({ muted: muted ? undefined : true });
    setMuted(!muted);
  };
  return (
    <button
      type="button"
      class="head-button"
      aria-label={t(muted ? "sound_on" : "sound_off")}
      onClick={toggle}
    >
      <Icon d={muted ? bellOff : bell} size={18} />
    </button>
  );
}

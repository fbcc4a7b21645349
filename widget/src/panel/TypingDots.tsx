/** The agent is writing. The dots come to rest by themselves (style sheet), the words are for screen readers. */

import { Avatar } from "./Avatar";
import { useAround } from "./around";

export function TypingDots() {
  const { chat, config, t } = useAround();
  const name = chat.view.head?.in_charge?.first_name ?? config.bot_name;
  return (
    <div class="said theirs first typing">
      <Avatar name={name} />
      <p class="bubble dots" role="img" aria-label={t("typing", { name })}>
        <i />
        <i />
        <i />
      </p>
    </div>
  );
}

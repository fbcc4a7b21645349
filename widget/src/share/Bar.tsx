/** The bar that stands as long as a page is shared: what goes on in words and colour, and the way out. */
import { Icon } from "../shared/icon";
import { close, eye, message } from "../shared/icons";
import type { ShareKey, ShareT } from "../words/share";
import type { Mood } from "./contract";
import { moodWords } from "./words";

interface BarProps {
  mood: Mood;
  /** A phone: short words, and the chat has its button here. */
  small: boolean;
  unread: number;
  t: ShareT;
  takeBack(event: Event): void;
  stop(event: Event): void;
  dismiss(event: Event): void;
  chat(): void;
}

export function Bar({ mood, small, unread, t, takeBack, stop, dismiss, chat }: BarProps) {
  const over = mood.is === "over" || mood.is === "elsewhere";
  const button = (key: "take_back" | "stop", act: (event: Event) => void) => (
    <button type="button" key={key} class={key} aria-label={t(key)} onClick={act}>
      {t(small ? (`${key}_short` satisfies ShareKey) : key)}
    </button>
  );
  return (
    <section class={`bar ${mood.is}`} aria-label={t("banner")}>
      <Icon d={eye} size={18} />
      <p>
        <bdi>{moodWords(mood, t)}</bdi>
      </p>
      {small && !over && (
        <button
          type="button"
          class="chat"
          aria-label={t(unread ? "chat_unread" : "chat", { count: unread })}
          onClick={chat}
        >
          <Icon d={message} />
          {unread > 0 && <b aria-hidden="true">{unread > 99 ? "99+" : unread}</b>}
        </button>
      )}
      {mood.is === "driven" && button("take_back", takeBack)}
      {over ? (
        <button type="button" class="chat" aria-label={t("dismiss")} onClick={dismiss}>
          <Icon d={close} />
        </button>
      ) : (
        button("stop", stop)
      )}
    </section>
  );
}

/** The state of the connection, in words, when there is something to say about it. */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import { wifiOff } from "../shared/icons";
import type { WidgetKey } from "../words/keys";
import { useAround } from "./around";

/** A cut shorter than this is not worth a word. */
const SHOWN_AFTER_MS = 1_500;

export function Banner() {
  const { chat, t } = useAround();
  const { link, ended } = chat.view;
  const lost = useLasting(link !== "ended");
  if (link === "ended") {
    return (
      <p class="banner">
        <span>{t(endedWords(ended))}</span>
        {ended !== "refused" && (
          <button type="button" class="link" onClick={() => chat.reconnect()}>
            {t("ended_again")}
          </button>
        )}
      </p>
    );
  }
  if (!lost) return null;
  return (
    <p class="banner">
      <Icon d={wifiOff} size={16} />
      <span>{t(navigator.onLine ? "lost" : "offline")}</span>
    </p>
  );
}

function endedWords(reason: string | undefined): WidgetKey {
  if (reason === "other_tab") return "ended_other_tab";
  return reason === "refused" ? "ended_refused" : "ended_signed_out";
}

function useLasting(now: boolean): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(now), now ? SHOWN_AFTER_MS : 0);
    return () => clearTimeout(timer);
  }, [now]);
  return now && shown;
}

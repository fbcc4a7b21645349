/** Small drawn things used all over: avatar, empty state, error with a retry, presence dot, copy button. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon, icons, type Presence } from "../shared";
import { t } from "../words";

/** Two letters; the name stands beside it, so it is decoration. */
export function Avatar({ name, size = "m" }: { name: string; size?: "s" | "m" }) {
  return (
    <span class={`avatar avatar-${size}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters =
    words.length > 1
      ? [words[0], words.at(-1)].map((word) => [...(word ?? "")][0] ?? "")
      : [...(words[0] ?? "")].slice(0, 2);
  return letters.join("").toLocaleUpperCase();
}

interface EmptyProps {
  icon: string;
  title: string;
  children?: ComponentChildren;
}

/** Nothing here: says why, and what to do next. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon d={icon} size={28} />
      </span>
      <p class="empty-title">{title}</p>
      {children && <div class="empty-text">{children}</div>}
    </div>
  );
}

export function Trouble({ text, onRetry }: { text: string; onRetry?: () => void }) {
  return (
    <div class="trouble">
      <Icon d={icons.alert} size={18} />
      <span>{text}</span>
      {onRetry && (
        <button type="button" class="button button-small" onClick={onRetry}>
          {t("retry")}
        </button>
      )}
    </div>
  );
}

export function PresenceDot({ presence, online = true }: { presence: Presence; online?: boolean }) {
  return <span class={`presence presence-${online ? presence : "offline"}`} aria-hidden="true" />;
}

export function presenceWords(presence: Presence, online = true): string {
  return online ? t(`presence_${presence}`) : t("presence_offline");
}

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <button type="button" class="button button-small" onClick={() => void copy()}>
      <Icon d={copied ? icons.check : icons.copy} size={16} />
      <span aria-live="polite">{copied ? t("copied") : (label ?? t("copy"))}</span>
    </button>
  );
}

/** A file of the server's: an ordinary link, which the router leaves alone. */
export function DownloadLink({ href, name, words }: { href: string; name: string; words: string }) {
  return (
    <a class="button button-small" href={href} download={name} data-plain>
      <Icon d={icons.download} size={16} />
      {words}
    </a>
  );
}

export function Spinner({ label }: { label: string }) {
  return (
    <div class="spinner" role="progressbar" aria-label={label}>
      <span />
      <span />
      <span />
    </div>
  );
}

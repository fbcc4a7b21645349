/** A small own list of emoji: faces, hands, shop. Typed ones work anyway. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon, icons } from "../shared";
import { t } from "../words";

const emoji: readonly string[] = [
  ..."😀😃😄😁😅😂🙂😉😊😍😘😋😎🤗🤔😐😬😴😢😭😡😱🥳🙏👍👎👌👏🙌💪👋🤝🤞☝👀❤💙💚💛🧡💜✨🎉🎁🎂🌸🌞⭐🔥💡✅❌❓❗⏳📦🚚🏠🛒💳🏷📏📷📎📞📧📅🔎🔧🧵👟👕👗👜💍🪑🛏🛋☕🍀🐶🐱",
];

export function EmojiButton({ onChoose }: { onChoose: (emoji: string) => void }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>(".emoji")?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
      return;
    }
    const all = [...(root.current?.querySelectorAll<HTMLElement>(".emoji") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
  };

  return (
    <div class="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class="icon-button"
        aria-label={t("emoji")}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon d={icons.smile} />
      </button>
      {open && (
        <div class="menu-list menu-start menu-above emoji-list" role="dialog" aria-label={t("emoji")}>
          {emoji.map((one) => (
            <button
              key={one}
              type="button"
              class="emoji"
              onClick={() => {
                setOpen(false);
                onChoose(one);
              }}
            >
              {one}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

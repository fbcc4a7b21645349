/** A button with a menu of actions, after the ARIA menu button pattern: arrows, Home, End, Esc. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { roved } from "./roving";

interface MenuProps {
  /** What the button shows. */
  face: ComponentChildren;
  /** Its accessible name, when what it shows is not enough. */
  label?: string;
  buttonClass?: string;
  align?: "start" | "end";
  children: ComponentChildren;
}

export function Menu({ face, label, buttonClass = "button", align = "end", children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const close = (refocus: boolean) => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };

  useEffect(() => {
    if (!open) return;
    items(root.current)[0]?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      close(true);
    } else if (move(items(root.current), event.key)) {
      event.preventDefault();
    } else if (event.key === "Tab") {
      close(false);
    }
  };

  return (
    <div class="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class={buttonClass}
        aria-haspopup="menu"
        aria-expanded={open}
        {...(open ? { "aria-controls": id } : {})}
        {...(label ? { "aria-label": label } : {})}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open && (
        <div id={id} class={`menu-list menu-${align}`} role="menu" onClick={() => close(true)}>
          {children}
        </div>
      )}
    </div>
  );
}

interface ItemProps {
  onChoose: () => void;
  /** For one of several: drawn and said as chosen. */
  chosen?: boolean;
  lang?: string;
  children: ComponentChildren;
}

export function MenuItem({ onChoose, chosen, lang, children }: ItemProps) {
  return (
    <button
      type="button"
      class="menu-item"
      tabIndex={-1}
      onClick={onChoose}
      {...(lang ? { lang } : {})}
      {...(chosen === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": chosen })}
    >
      {children}
    </button>
  );
}

function items(root: HTMLElement | null): HTMLElement[] {
  return root ? [...root.querySelectorAll<HTMLElement>("[role^=menuitem]")] : [];
}

/** Moves the focus among items; false when the key is none of ours. */
export function move(all: readonly HTMLElement[], key: string): boolean {
  const at = all.indexOf(document.activeElement as HTMLElement);
  const target = roved(key, at, all.length, "column");
  if (target === undefined) return false;
  all[target]?.focus();
  return true;
}

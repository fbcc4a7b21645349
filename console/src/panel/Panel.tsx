/** The right column, a drawer on narrower screens: visitor, pages visited, documents, products. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type ConversationRow, Icon, icons } from "../shared";
import type { Room } from "../state/view";
import { Lazy } from "../ui/Lazy";
import { t } from "../words";
import { Documents } from "./Documents";
import { Pages } from "./Pages";
import { Visitor } from "./Visitor";

/** The catalog is the deepest part of the panel: what is said is there before it. */
const productsChunk = async () => (await import("./Products")).Products;

interface PanelProps {
  room: Room;
  row: ConversationRow;
  mine: boolean;
  /** Only matters where the panel is a drawer. */
  open: boolean;
  onClose: () => void;
}

export function Panel({ room, row, mine, open, onClose }: PanelProps) {
  const details = room.details;
  const closer = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    // A key may have led straight to the search within.
    if (!closer.current?.closest("aside")?.contains(document.activeElement)) closer.current?.focus();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [open]);
  return (
    <>
      {open && <div class="scrim panel-scrim" onClick={onClose} />}
      <aside class={open ? "panel panel-open" : "panel"} data-region aria-label={t("panel")}>
        <header class="panel-head">
          <h2>{t("panel")}</h2>
          <button
            ref={closer}
            type="button"
            class="icon-button"
            aria-label={t("panel_close")}
            onClick={onClose}
          >
            <Icon d={icons.close} />
          </button>
        </header>
        <Fold name="visitor" title={t("visitor")}>
          <Visitor details={details} row={row} />
        </Fold>
        <Fold name="pages" title={t("pages")} count={details?.visits.length}>
          <Pages details={details} />
        </Fold>
        <Fold name="documents" title={t("documents")} count={details?.documents.length}>
          <Documents details={details} />
        </Fold>
        {row.stage !== "closed" && (
          <Fold name="products" title={t("products")}>
            <Lazy name="products" load={productsChunk} props={{ room, row, mine }} />
          </Fold>
        )}
      </aside>
    </>
  );
}

interface FoldProps {
  name: string;
  title: string;
  count?: number | undefined;
  children: ComponentChildren;
}

/** Folded or not is remembered in this browser. */
function Fold({ name, title, count, children }: FoldProps) {
  const key = `comptoir.fold.${name}`;
  return (
    <details
      class="fold"
      open={localStorage.getItem(key) !== "folded"}
      onToggle={(event) => localStorage.setItem(key, event.currentTarget.open ? "open" : "folded")}
    >
      <summary>
        <h2>
          {title}
          {count !== undefined && count > 0 ? ` (${count})` : ""}
        </h2>
        <Icon d={icons.chevronDown} size={18} />
      </summary>
      <div class="fold-body">{children}</div>
    </details>
  );
}

/**
 * A list whose pieces change places: by buttons that say what they do, or by dragging a grip.
 *
 * After a move the focus is on the same button of the piece that moved, and its new place is said.
 */
import { useState } from "preact/hooks";
import { Icon, icons } from "../../shared";
import { announce } from "../../ui/announcer";
import { t } from "../../words";
import { useEditing } from "./editing";

interface Dragged {
  at: string;
  place: number;
}

let dragged: Dragged | undefined;

export interface Order {
  at: string;
  count: number;
  /** `by`: which of its buttons the focus goes to. */
  move: (from: number, to: number, name: string, by?: "up" | "down") => void;
  /** Where what is dragged would go. */
  over: number | undefined;
  setOver: (place: number | undefined) => void;
}

export function useOrder(at: string, count: number): Order {
  const { edit, open, setOpen } = useEditing();
  const [over, setOver] = useState<number>();
  const move: Order["move"] = (from, to, name, by) => {
    if (to < 0 || to >= count || from === to) return;
    edit({ type: "move", at, from, to });
    const shown = open[at];
    if (shown !== undefined) setOpen(at, placeAfter(shown, from, to));
    announce(t("bot_moved", { name, place: to + 1, count }));
    if (!by) return;
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-mover="${at}/${to}"] [data-move=${by}]`)?.focus(),
    );
  };
  return { at, count, move, over, setOver };
}

/** Where a piece stands after another one moved. */
export function placeAfter(place: number, from: number, to: number): number {
  if (place === from) return to;
  if (from < place && place <= to) return place - 1;
  if (to <= place && place < from) return place + 1;
  return place;
}

export function Mover({ order, place, name }: { order: Order; place: number; name: string }) {
  const { at, count, move } = order;
  const button = (by: "up" | "down", to: number) => (
    <button
      type="button"
      class="icon-button bot-small-icon"
      data-move={by}
      aria-disabled={to < 0 || to >= count}
      aria-label={t(by === "up" ? "bot_move_up" : "bot_move_down", { name })}
      title={t(by === "up" ? "bot_move_up" : "bot_move_down", { name })}
      onClick={() => move(place, to, name, by)}
    >
      <Icon d={by === "up" ? icons.chevronUp : icons.chevronDown} size={16} />
    </button>
  );
  return (
    <span class="bot-mover" data-mover={`${at}/${place}`}>
      {button("up", place - 1)}
      {button("down", place + 1)}
    </span>
  );
}

/** What can be taken by the pointer; for keys there are the buttons. */
export function Grip({ order, place }: { order: Order; place: number }) {
  return (
    <span
      class="bot-grip"
      draggable
      aria-hidden="true"
      onDragStart={(event) => {
        dragged = { at: order.at, place };
        event.dataTransfer?.setData("text/plain", "");
      }}
      onDragEnd={() => {
        dragged = undefined;
        order.setOver(undefined);
      }}
    >
      <span />
      <span />
    </span>
  );
}

/** What a piece of the list takes to be a place to drop on. */
export function droppedOn(order: Order, place: number, nameAt: (place: number) => string) {
  return {
    onDragOver: (event: DragEvent) => {
      if (dragged?.at !== order.at) return;
      event.preventDefault();
      event.stopPropagation();
      if (order.over !== place) order.setOver(place);
    },
    onDrop: (event: DragEvent) => {
      if (dragged?.at !== order.at) return;
      event.preventDefault();
      event.stopPropagation();
      order.move(dragged.place, place, nameAt(dragged.place));
      order.setOver(undefined);
    },
  };
}

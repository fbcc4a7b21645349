/** A list of the bot's pieces as rows, of which one at a time is opened as a form. */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { Icon, icons } from "../../shared";
import { t } from "../../words";
import { useEditing } from "./editing";
import { type Counts, cardOf, countedBy } from "./found";
import { droppedOn, Grip, Mover, type Order } from "./Reorder";
import { SaidOf } from "./Said";

interface CardProps {
  order: Order;
  place: number;
  name: string;
  nameAt: (place: number) => string;
  /** Beside the name while it is a row. */
  under?: ComponentChildren;
  aside?: ComponentChildren;
  counts: Counts | undefined;
  /** It keeps its place: there is no order to choose. */
  still?: boolean;
  onDuplicate?: (() => void) | undefined;
  onDelete: () => void;
  /** The form, made only when it is open. */
  children: () => ComponentChildren;
}

/** How many problems each piece of a list has, by its pointer. */
export function useCounts(): Map<string, Counts> {
  const { problems } = useEditing();
  return useMemo(() => countedBy(problems, cardOf), [problems]);
}

export function Card(props: CardProps) {
  const { order, place, name, nameAt, under, aside, counts, still = false, children } = props;
  const { open, setOpen } = useEditing();
  const at = `${order.at}/${place}`;
  const isOpen = open[order.at] === place;
  const looks = ["bot-card", isOpen ? "bot-open" : "", order.over === place ? "bot-over" : ""];
  return (
    <li class={looks.filter(Boolean).join(" ")} {...(still ? {} : droppedOn(order, place, nameAt))}>
      <div class="bot-card-head">
        {!still && <Grip order={order} place={place} />}
        <button
          type="button"
          class="bot-card-name"
          aria-expanded={isOpen}
          data-at={at}
          onClick={() => setOpen(order.at, isOpen ? undefined : place)}
        >
          <Icon d={isOpen ? icons.chevronDown : icons.chevronRight} size={16} />
          <span class="bot-card-words">
            <strong>{name}</strong>
            {!isOpen && under && <span class="quiet cut">{under}</span>}
          </span>
        </button>
        {aside}
        <Counted counts={counts} />
        <span class="bot-tools">
          {!still && <Mover order={order} place={place} name={name} />}
          {props.onDuplicate && (
            <button
              type="button"
              class="icon-button bot-small-icon"
              aria-label={t("bot_duplicate_named", { name })}
              title={t("bot_duplicate_named", { name })}
              onClick={props.onDuplicate}
            >
              <Icon d={icons.copy} size={16} />
            </button>
          )}
          <button
            type="button"
            class="icon-button bot-small-icon"
            aria-label={t("bot_delete_named", { name })}
            title={t("bot_delete_named", { name })}
            onClick={props.onDelete}
          >
            <Icon d={icons.trash} size={16} />
          </button>
        </span>
      </div>
      {isOpen && (
        <div class="bot-card-form">
          <SaidOf at={at} />
          {children()}
        </div>
      )}
    </li>
  );
}

/** Errors in the colour of errors; only warnings, in a quieter one. */
export function Counted({ counts }: { counts: Counts | undefined }) {
  if (!counts || counts.errors + counts.warnings === 0) return null;
  const { errors, warnings } = counts;
  return errors > 0 ? (
    <span class="chip chip-err">{t("bot_errors", { count: errors })}</span>
  ) : (
    <span class="chip chip-note">{t("bot_warnings", { count: warnings })}</span>
  );
}

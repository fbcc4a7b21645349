/** Opening times of a day: ranges to type, to nudge by arrows, to add and take away. */
import { useEffect, useState } from "preact/hooks";
import { Icon, icons } from "../../shared";
import { t } from "../../words";
import { nextRange, nudged, rangeOf, rangeText, timeOf } from "./clock";
import { SaidAt } from "./Said";

interface TimesProps {
  at: string;
  /** What day it is, for names. */
  day: string;
  ranges: readonly string[];
  onRanges: (ranges: string[]) => void;
}

export function Times({ at, day, ranges, onRanges }: TimesProps) {
  const put = (place: number, range: string) =>
    onRanges(ranges.map((one, here) => (here === place ? range : one)));
  const focus = (place: number) =>
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-at="${at}/${place}"], [data-add="${at}"]`)?.focus(),
    );
  return (
    <div class="bot-times">
      {ranges.length === 0 && <span class="quiet">{t("bot_closed")}</span>}
      {ranges.map((range, place) => {
        const { from, to } = rangeOf(range);
        const names = { day, number: place + 1 };
        return (
          <div key={place} class="bot-range">
            <Time
              label={t("bot_opens", names)}
              value={from}
              at={`${at}/${place}`}
              onValue={(time) => put(place, rangeText({ from: time, to }))}
            />
            <span aria-hidden="true">–</span>
            <Time
              label={t("bot_closes", names)}
              value={to}
              onValue={(time) => put(place, rangeText({ from, to: time }))}
            />
            <button
              type="button"
              class="icon-button bot-small-icon"
              aria-label={t("bot_range_delete", names)}
              onClick={() => {
                onRanges(ranges.filter((_, here) => here !== place));
                focus(Math.max(0, place - 1));
              }}
            >
              <Icon d={icons.close} size={16} />
            </button>
            <SaidAt at={`${at}/${place}`} />
          </div>
        );
      })}
      <button
        type="button"
        class="icon-button bot-small-icon"
        data-add={at}
        aria-label={t("bot_range_add", { day })}
        title={t("bot_range_add", { day })}
        onClick={() => {
          onRanges([...ranges, nextRange(ranges)]);
          focus(ranges.length);
        }}
      >
        <Icon d={icons.plus} size={16} />
      </button>
    </div>
  );
}

interface TimeProps {
  label: string;
  value: string;
  at?: string;
  onValue: (time: string) => void;
}

/** Written as people write times; put straight when the field is left. */
function Time({ label, value, at, onValue }: TimeProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const keep = () => {
    const time = timeOf(typed);
    setTyped(time);
    if (time !== value) onValue(time);
  };
  return (
    <input
      class="input bot-time"
      aria-label={label}
      title={label}
      value={typed}
      placeholder="00:00"
      maxLength={8}
      autocomplete="off"
      {...(at ? { "data-at": at } : {})}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") return keep();
        const steps = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
        if (steps === 0) return;
        event.preventDefault();
        const time = nudged(typed || "09:00", steps);
        // At once: the next step may come before the value has come back.
        setTyped(time);
        onValue(time);
      }}
    />
  );
}

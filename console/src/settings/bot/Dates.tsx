/** Days that are not like the others: closed ones, and those with hours of their own. */
import { Icon, icons } from "../../shared";
import { t } from "../../words";
import { Tick } from "./Controls";
import { isYearly, withYear } from "./clock";
import { useEditing } from "./editing";
import { SaidAt, SaidOf } from "./Said";
import { Times } from "./Times";

const CLOSED = "/hours/closed";
const SPECIAL = "/hours/special";

export function ClosedDates({ dates }: { dates: readonly string[] }) {
  const { edit } = useEditing();
  return (
    <fieldset class="field" data-at={CLOSED} tabIndex={-1}>
      <legend class="field-label">{t("bot_closed_dates")}</legend>
      <ul class="bot-dates">
        {dates.map((date, place) => (
          <li key={place}>
            <DateInput
              at={`${CLOSED}/${place}`}
              label={t("bot_closed_date", { number: place + 1 })}
              date={date}
              onDate={(value) => edit({ type: "set", at: `${CLOSED}/${place}`, value })}
            />
            <Delete
              label={t("bot_date_delete", { date })}
              onDelete={() => edit({ type: "remove", at: CLOSED, place })}
            />
            <SaidAt at={`${CLOSED}/${place}`} />
          </li>
        ))}
      </ul>
      <SaidOf at={CLOSED} />
      <Add
        words={t("bot_closed_add")}
        onAdd={() => {
          edit({ type: "insert", at: CLOSED, place: dates.length, value: today() });
          focusOn(`${CLOSED}/${dates.length}`);
        }}
      />
    </fieldset>
  );
}

export function SpecialDates({ special }: { special: Readonly<Record<string, string[]>> }) {
  const { edit } = useEditing();
  const put = (next: Record<string, string[]>) => edit({ type: "set", at: SPECIAL, value: next });
  const without = (date: string) =>
    Object.fromEntries(Object.entries(special).filter(([one]) => one !== date));
  return (
    <fieldset class="field" data-at={SPECIAL} tabIndex={-1}>
      <legend class="field-label">{t("bot_special_dates")}</legend>
      <ul class="bot-dates">
        {Object.entries(special).map(([date, ranges], place) => (
          <li key={place}>
            <DateInput
              at={`${SPECIAL}/${date}`}
              label={t("bot_special_date", { number: place + 1 })}
              date={date}
              onDate={(value) => {
                if (value in special) return;
                const renamed = Object.entries(special).map(([one, kept]): [string, string[]] => [
                  one === date ? value : one,
                  kept,
                ]);
                put(Object.fromEntries(renamed));
              }}
            />
            <Times
              at={`${SPECIAL}/${date}`}
              day={date}
              ranges={ranges}
              onRanges={(next) => put({ ...special, [date]: next })}
            />
            <Delete label={t("bot_date_delete", { date })} onDelete={() => put(without(date))} />
            <SaidOf at={`${SPECIAL}/${date}`} />
          </li>
        ))}
      </ul>
      <SaidOf at={SPECIAL} />
      <Add
        words={t("bot_special_add")}
        onAdd={() => {
          let date = today();
          while (date in special) date = dayAfter(date);
          put({ ...special, [date]: ["10:00-16:00"] });
          focusOn(`${SPECIAL}/${date}`);
        }}
      />
    </fieldset>
  );
}

interface DateInputProps {
  at: string;
  label: string;
  date: string;
  onDate: (date: string) => void;
}

/** A date of one year or of every year; one that cannot be read stays to be seen. */
function DateInput({ at, label, date, onDate }: DateInputProps) {
  const yearly = isYearly(date);
  const year = new Date().getFullYear();
  const shown = withYear(date, false, year);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(shown);
  return (
    <>
      <input
        type={isDate ? "date" : "text"}
        class="input bot-date"
        aria-label={label}
        data-at={at}
        value={shown}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (value !== "") onDate(withYear(value, yearly, year));
        }}
      />
      {isDate && (
        <Tick checked={yearly} onChecked={(on) => onDate(withYear(date, on, year))}>
          {t("bot_every_year")}
        </Tick>
      )}
    </>
  );
}

function Delete({ label, onDelete }: { label: string; onDelete: () => void }) {
  return (
    <button type="button" class="icon-button bot-small-icon" aria-label={label} onClick={onDelete}>
      <Icon d={icons.trash} size={16} />
    </button>
  );
}

function Add({ words, onAdd }: { words: string; onAdd: () => void }) {
  return (
    <button type="button" class="button button-small bot-start-aligned" onClick={onAdd}>
      <Icon d={icons.plus} size={16} />
      {words}
    </button>
  );
}

function focusOn(at: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus());
}

/** As the admin's own calendar says. */
function today(): string {
  return isoOf(new Date());
}

function dayAfter(date: string): string {
  const next = new Date(`${date}T12:00`);
  next.setDate(next.getDate() + 1);
  return isoOf(next);
}

function isoOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

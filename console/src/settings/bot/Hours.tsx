/** When a person can answer: a week as a grid, and the days that differ from it. */
import type { HoursDefinition } from "../../shared";
import { Icon, icons } from "../../shared";
import { announce } from "../../ui/announcer";
import { Menu, MenuItem } from "../../ui/Menu";
import { lang as spoken, t } from "../../words";
import { Pick, Tick } from "./Controls";
import { copiedTo, DAYS, type Day } from "./clock";
import { ClosedDates, SpecialDates } from "./Dates";
import { useEditing } from "./editing";
import { SaidOf } from "./Said";
import { Times } from "./Times";

const WORKING: readonly Day[] = ["mon", "tue", "wed", "thu", "fri"];

export function Hours() {
  const { definition, edit } = useEditing();
  const { hours } = definition;
  const turn = (on: boolean) => edit({ type: "set", at: "/hours", value: on ? usualWeek() : undefined });
  return (
    <section class="panel-card" aria-labelledby="bot-hours">
      <h2 id="bot-hours">{t("bot_tab_hours")}</h2>
      <p class="quiet">{t("bot_hours_text")}</p>
      <SaidOf at="/hours" />
      <Zone />
      <Tick at="/hours" checked={hours !== undefined} onChecked={turn}>
        {t("bot_hours_on")}
      </Tick>
      {hours ? (
        <>
          <Week days={hours.days} />
          <ClosedDates dates={hours.closed} />
          <SpecialDates special={hours.special} />
        </>
      ) : (
        <p class="quiet">{t("bot_hours_always")}</p>
      )}
    </section>
  );
}

function usualWeek(): HoursDefinition {
  const days = Object.fromEntries(WORKING.map((day) => [day, ["09:00-18:00"]]));
  return { days, closed: [], special: {} };
}

/** In the reader's language; 5 January 2026 was a Monday. */
export function dayName(day: Day): string {
  const date = new Date(Date.UTC(2026, 0, 5 + DAYS.indexOf(day)));
  return new Intl.DateTimeFormat(spoken.value, { weekday: "long", timeZone: "UTC" }).format(date);
}

function Week({ days }: { days: Readonly<Record<string, string[]>> }) {
  const { edit } = useEditing();
  const put = (day: Day, ranges: string[]) =>
    edit({ type: "set", at: `/hours/days/${day}`, value: ranges.length > 0 ? ranges : undefined });
  const copy = (from: Day, to: readonly Day[]) => {
    edit({ type: "set", at: "/hours/days", value: copiedTo(days, from, to) });
    announce(t("bot_copied", { day: dayName(from) }));
  };
  return (
    <table class="bot-week" data-at="/hours/days" tabIndex={-1}>
      <caption class="only-read">{t("bot_week")}</caption>
      <tbody>
        {DAYS.map((day) => (
          <tr key={day}>
            <th scope="row">{dayName(day)}</th>
            <td>
              <Times
                at={`/hours/days/${day}`}
                day={dayName(day)}
                ranges={days[day] ?? []}
                onRanges={(ranges) => put(day, ranges)}
              />
              <SaidOf at={`/hours/days/${day}`} />
            </td>
            <td>
              <Menu
                face={<Icon d={icons.copy} size={16} />}
                label={t("bot_copy_day", { day: dayName(day) })}
                buttonClass="icon-button bot-small-icon"
              >
                <MenuItem onChoose={() => copy(day, WORKING)}>{t("bot_copy_working")}</MenuItem>
                <MenuItem onChoose={() => copy(day, DAYS)}>{t("bot_copy_all")}</MenuItem>
                {DAYS.filter((other) => other !== day).map((other) => (
                  <MenuItem key={other} onChoose={() => copy(day, [other])}>
                    {t("bot_copy_to", { day: dayName(other) })}
                  </MenuItem>
                ))}
              </Menu>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Zone() {
  const { definition, edit } = useEditing();
  const zones = Intl.supportedValuesOf("timeZone");
  const regions = [...new Set(zones.map((zone) => zone.split("/", 1)[0] ?? ""))];
  return (
    <Pick
      at="/timezone"
      label={t("bot_timezone")}
      hint={t("bot_timezone_hint")}
      value={definition.timezone}
      groups={regions.map((region) => ({
        words: region,
        choices: zones
          .filter((zone) => zone.startsWith(`${region}/`) || zone === region)
          .map((zone) => ({ value: zone, words: zone.replace(/_/g, " ") })),
      }))}
      onValue={(value) => edit({ type: "set", at: "/timezone", value })}
    />
  );
}

/** What the bot did in a period: sums, a chart by day with its table, and how each FAQ was used. */
import "../style/figures.css";
import { useState } from "preact/hooks";
import { type BotDay, type BotFigures, Icon, icons, type SiteId } from "../shared";
import { Field } from "../ui/Field";
import { Empty } from "../ui/pieces";
import { Table } from "../ui/Table";
import { lang, t } from "../words";
import { Ready, Title } from "./area";
import { Chart } from "./figures/Chart";
import { csvOf, meanOf } from "./figures/csv";
import { number, share, shortDay, tenths } from "./figures/numbers";
import { faultOf, lastDays, PERIODS, type Period } from "./figures/period";
import { Usage } from "./figures/Usage";
import { Select } from "./SiteFields";
import { useLoaded } from "./useLoaded";

/** The choice that shows both days to write. */
const OWN = "own";

export function FiguresPage({ site }: { site: SiteId }) {
  const [chosen, setChosen] = useState("30");
  const [own, setOwn] = useState<Period>(() => lastDays(30, new Date()));
  const period = chosen === OWN ? own : lastDays(Number(chosen), new Date());
  const fault = faultOf(period);
  const query = `from=${period.from}&to=${period.to}`;
  const figures = useLoaded<BotFigures>(fault ? undefined : `/sites/${site}/bot/figures?${query}`);
  return (
    <>
      <Title under={t("figures_intro")}>{t("nav_figures")}</Title>
      <div class="ledger-asked">
        <Select label={t("figures_period")} value={chosen} onValue={setChosen}>
          {[
            ...PERIODS.map((count) => ({ value: String(count), words: t("figures_last_days", { count }) })),
            { value: OWN, words: t("figures_own") },
          ]}
        </Select>
        {chosen === OWN && (
          <>
            <Field
              label={t("figures_from")}
              type="date"
              value={own.from}
              onValue={(from) => setOwn({ ...own, from })}
            />
            <Field
              label={t("figures_to")}
              type="date"
              value={own.to}
              onValue={(to) => setOwn({ ...own, to })}
              error={fault ? t(`figures_${fault}`) : undefined}
            />
          </>
        )}
        {figures.value && figures.value.sum.conversations > 0 && (
          <CsvButton days={figures.value.days} name={`bot-${period.from}-${period.to}.csv`} />
        )}
      </div>
      {!fault && (
        <Ready of={figures}>
          {(one) =>
            one.sum.conversations === 0 ? (
              <Empty icon={icons.chart} title={t("figures_none")}>
                {t("figures_none_text")}
              </Empty>
            ) : (
              <Sums figures={one} />
            )
          }
        </Ready>
      )}
      <Usage site={site} />
    </>
  );
}

/** Made here: the server's answer already holds every line. */
function CsvButton({ days, name }: { days: readonly BotDay[]; name: string }) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([csvOf(days)], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    // Revoked later: the download has begun by then.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };
  return (
    <button type="button" class="button button-small" onClick={save}>
      <Icon d={icons.download} size={16} />
      {t("download_csv")}
    </button>
  );
}

function Sums({ figures }: { figures: BotFigures }) {
  const { sum, days } = figures;
  const mean = meanOf(sum);
  const tiles = [
    { key: "alone", count: sum.bot_alone },
    { key: "handed_off", count: sum.handed_off },
    { key: "left", count: sum.messages_left },
  ] as const;
  return (
    <>
      <dl class="numbers figures-numbers">
        <div>
          <dt>{t("figures_conversations")}</dt>
          <dd>{number(sum.conversations)}</dd>
        </div>
        {tiles.map(({ key, count }) => (
          <div key={key}>
            <dt>{t(`figures_${key}`)}</dt>
            <dd>
              {number(count)} <span class="quiet">{share(count, sum.conversations)}</span>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("figures_rating")}</dt>
          <dd>
            {mean === undefined ? "–" : t("figures_of_five", { mean: tenths(mean) })}{" "}
            <span class="quiet">{t("figures_rated", { count: sum.rated })}</span>
          </dd>
        </div>
      </dl>
      <section class="panel-card" aria-labelledby="figures-days">
        <h2 id="figures-days">{t("figures_by_day")}</h2>
        <Chart days={days} />
        <details class="figures-table" open>
          <summary>{t("figures_table")}</summary>
          <Days days={days} sum={sum} />
        </details>
      </section>
    </>
  );
}

function Days({ days, sum }: { days: readonly BotDay[]; sum: BotDay }) {
  const heads = [
    t("figures_day"),
    t("figures_conversations"),
    t("figures_alone"),
    t("figures_handed_off"),
    t("figures_left"),
    t("figures_rating"),
  ];
  return (
    <div class="figures-days">
      <Table heads={heads} label={t("figures_table")}>
        <tr class="figures-sum">
          <th scope="row">{t("figures_sum")}</th>
          <Cells day={sum} />
        </tr>
        {[...days].reverse().map((day) => (
          <tr key={day.day}>
            <th scope="row">
              <time dateTime={day.day}>{shortDay(day.day, lang.value)}</time>
            </th>
            <Cells day={day} />
          </tr>
        ))}
      </Table>
    </div>
  );
}

function Cells({ day }: { day: BotDay }) {
  const mean = meanOf(day);
  return (
    <>
      <td class="number">{number(day.conversations)}</td>
      <td class="number">{number(day.bot_alone)}</td>
      <td class="number">{number(day.handed_off)}</td>
      <td class="number">{number(day.messages_left)}</td>
      <td class="number">{mean === undefined ? "–" : `${tenths(mean)} (${number(day.rated)})`}</td>
    </>
  );
}

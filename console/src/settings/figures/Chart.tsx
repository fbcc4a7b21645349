/**
 * Conversations by day as bars in two parts, told apart by pattern as well as by colour. Everything in
 * it stands in the table below, so a screen reader is given one sentence.
 */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { BotDay } from "../../shared";
import { lang, t } from "../../words";
import { barsOf, isByWeek, labelled, marksOf, type Placed, placed } from "./chart";
import { barDay, number, shortDay } from "./numbers";

const HEIGHT = 180;
/** Room for the marks at the left, above the highest one and for the days below. */
const LEFT = 40;
const TOP = 10;
const BELOW = 24;
const LABEL_WIDTH = 60;

export function Chart({ days }: { days: readonly BotDay[] }) {
  const frame = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(640);
  const id = useId();
  useEffect(() => {
    const watcher = new ResizeObserver(
      ([entry]) => entry && setWidth(Math.max(240, entry.contentRect.width)),
    );
    if (frame.current) watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, []);
  const bars = barsOf(days);
  const drawn = placed(bars, width - LEFT, HEIGHT);
  const marks = marksOf(Math.max(0, ...bars.map((bar) => bar.alone + bar.others)));
  const top = marks.at(-1) ?? 1;
  const written = labelled(bars.length, width - LEFT, LABEL_WIDTH);
  const sum = (of: (bar: Placed) => number) => drawn.reduce((total, bar) => total + of(bar), 0);
  const words = t("figures_chart", {
    count: sum((bar) => bar.alone + bar.others),
    alone: sum((bar) => bar.alone),
    from: shortDay(days[0]?.day ?? "", lang.value),
    to: shortDay(days.at(-1)?.day ?? "", lang.value),
  });
  return (
    <figure class="chart" ref={frame}>
      <figcaption class="chart-legend">
        <span>
          <Swatch kind="alone" /> {t("figures_alone")}
        </span>
        <span>
          <Swatch kind="others" pattern={`${id}-hatch`} /> {t("figures_others")}
        </span>
        {isByWeek(days) && <span class="quiet">{t("figures_by_week")}</span>}
      </figcaption>
      <svg
        class="chart-picture"
        role="img"
        aria-label={words}
        width={width}
        height={TOP + HEIGHT + BELOW}
        viewBox={`0 0 ${width} ${TOP + HEIGHT + BELOW}`}
      >
        <Hatch id={`${id}-hatch`} />
        {marks.map((mark) => {
          const y = TOP + HEIGHT - (mark / top) * HEIGHT;
          return (
            <g key={mark}>
              <line class="chart-line" x1={LEFT} x2={width} y1={y} y2={y} />
              <text class="chart-words" x={LEFT - 8} y={y + 4} text-anchor="end">
                {number(mark)}
              </text>
            </g>
          );
        })}
        <g transform={`translate(${LEFT} ${TOP})`}>
          {drawn.map((bar, place) => (
            <Bar
              key={bar.from}
              bar={bar}
              hatch={`${id}-hatch`}
              day={written.has(place)}
              last={place === drawn.length - 1}
            />
          ))}
        </g>
      </svg>
    </figure>
  );
}

interface BarProps {
  bar: Placed;
  hatch: string;
  /** Its day is written under it. */
  day: boolean;
  /** Written towards the others, so that nothing is cut. */
  last: boolean;
}

function Bar({ bar, hatch, day, last }: BarProps) {
  const span = bar.from === bar.to ? [bar.from] : [bar.from, bar.to];
  return (
    <g>
      <title>
        {t("figures_bar", {
          day: span.map((one) => shortDay(one, lang.value)).join(" – "),
          alone: bar.alone,
          others: bar.others,
        })}
      </title>
      {/* The whole column shows the bar's numbers, also where the bar is low. */}
      <rect class="chart-column" x={bar.x} y={0} width={bar.width} height={HEIGHT} />
      {bar.alone > 0 && (
        <rect class="chart-alone" x={bar.x} y={bar.aloneY} width={bar.width} height={bar.aloneHeight} />
      )}
      {bar.others > 0 && (
        <rect
          class="chart-others"
          x={bar.x}
          y={bar.othersY}
          width={bar.width}
          height={bar.othersHeight}
          fill={`url(#${hatch})`}
        />
      )}
      {day && (
        <text
          class="chart-words"
          x={bar.x + (last ? bar.width : bar.width / 2)}
          y={HEIGHT + 18}
          text-anchor={last ? "end" : "middle"}
        >
          {barDay(bar.from, lang.value)}
        </text>
      )}
    </g>
  );
}

function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="chart-hatch-ground" width="6" height="6" />
        <line class="chart-hatch-line" x1="0" y1="0" x2="0" y2="6" />
      </pattern>
    </defs>
  );
}

function Swatch({ kind, pattern }: { kind: "alone" | "others"; pattern?: string }) {
  return (
    <svg width="16" height="16" aria-hidden="true" focusable="false">
      <rect
        class={`chart-${kind}`}
        x="1"
        y="1"
        width="14"
        height="14"
        {...(pattern ? { fill: `url(#${pattern})` } : {})}
      />
    </svg>
  );
}

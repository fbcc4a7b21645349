/** Two texts of a bot line by line: signs and words say what changed, colour only repeats it. */
import { useState } from "preact/hooks";
import { type BotComparison, type BotVersionRow, Icon, icons, type SiteId } from "../../../shared";
import { t } from "../../../words";
import { Ready } from "../../area";
import { Select } from "../../SiteFields";
import { useLoaded } from "../../useLoaded";
import { countsOf, folded, type Numbered, numbered, type Part, turned } from "./lines";

/** In place of a version's number. */
export const DRAFT = "draft";

export interface Pair {
  from: string;
  to: string;
}

interface ComparisonProps {
  site: SiteId;
  versions: readonly BotVersionRow[];
  published: number;
  pair: Pair;
  onPair: (pair: Pair) => void;
}

export function Comparison({ site, versions, published, pair, onPair }: ComparisonProps) {
  // The server gives a version's lines against another text; the draft is never the one given.
  const turn = pair.to === DRAFT;
  const [of, against] = turn ? [pair.from, pair.to] : [pair.to, pair.from];
  const same = pair.from === pair.to;
  const loaded = useLoaded<BotComparison>(
    same ? undefined : `/sites/${site}/bot/versions/${of}?against=${against}`,
  );
  const choices = [
    { value: DRAFT, words: t("versions_draft") },
    ...versions.map(({ version }) => ({
      value: String(version),
      words: t(version === published ? "versions_number_live" : "versions_number", { version }),
    })),
  ];
  return (
    <>
      <h2 id="versions-compared" tabIndex={-1}>
        {t("versions_compare")}
      </h2>
      <div class="versions-pair">
        <Select label={t("versions_from")} value={pair.from} onValue={(from) => onPair({ ...pair, from })}>
          {choices}
        </Select>
        <Icon d={icons.chevronRight} size={18} />
        <Select label={t("versions_to")} value={pair.to} onValue={(to) => onPair({ ...pair, to })}>
          {choices}
        </Select>
      </div>
      {same ? (
        <p>{t("versions_same_chosen")}</p>
      ) : (
        <Ready of={loaded}>
          {(one) => (
            <Lines key={`${pair.from}-${pair.to}`} lines={numbered(turn ? turned(one.lines) : one.lines)} />
          )}
        </Ready>
      )}
    </>
  );
}

function Lines({ lines }: { lines: readonly Numbered[] }) {
  const { added, removed } = countsOf(lines);
  if (added + removed === 0) return <p role="status">{t("versions_same")}</p>;
  return (
    <>
      <p role="status">
        {t("versions_added", { count: added })} · {t("versions_removed", { count: removed })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach what it hides */}
      <section class="diff" aria-label={t("versions_diff")} tabIndex={0}>
        {folded(lines).map((part, place) => (
          <PartOf key={place} part={part} />
        ))}
      </section>
    </>
  );
}

function PartOf({ part }: { part: Part }) {
  const [open, setOpen] = useState(part.type === "lines");
  if (!open) {
    return (
      <button type="button" class="diff-more" onClick={() => setOpen(true)}>
        {t("versions_unchanged", { count: part.lines.length })}
      </button>
    );
  }
  return (
    <>
      {part.lines.map((line, place) => (
        <Line key={place} line={line} />
      ))}
    </>
  );
}

function Line({ line }: { line: Numbered }) {
  return (
    <div class={`diff-line diff-${line.change}`}>
      <span class="diff-number" aria-hidden="true">
        {line.after ?? line.before}
      </span>
      <Text line={line} />
    </div>
  );
}

function Text({ line }: { line: Numbered }) {
  switch (line.change) {
    case "same":
      return (
        <span class="diff-text">
          <span aria-hidden="true">{"  "}</span>
          {line.text}
        </span>
      );
    case "added":
      return (
        <ins class="diff-text">
          <span class="only-read">{t("versions_line_added")} </span>
          <span aria-hidden="true">+ </span>
          {line.text}
        </ins>
      );
    case "removed":
      return (
        <del class="diff-text">
          <span class="only-read">{t("versions_line_removed")} </span>
          <span aria-hidden="true">− </span>
          {line.text}
        </del>
      );
  }
}

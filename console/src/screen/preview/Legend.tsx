/** What the boxes mean and how many there are; and what each selector found on the page. */
import { signal } from "@preact/signals";
import { type SharingDraft, settingsOf } from "../../settings/sharingDraft";
import type { PreviewRank } from "../../shared";
import { t } from "../../words";
import { boxes, drawn, view } from "./session";

const RANKS: readonly PreviewRank[] = ["secret", "masked", "dropped", "shown"];

/** Kinds whose boxes are not drawn. */
export const hidden = signal<ReadonlySet<PreviewRank>>(new Set());

export function Legend() {
  if (!drawn.value) return null;
  const toggle = (rank: PreviewRank) => {
    const next = new Set(hidden.peek());
    if (!next.delete(rank)) next.add(rank);
    hidden.value = next;
  };
  return (
    <fieldset class="preview-legend">
      <legend class="only-read">{t("preview_legend")}</legend>
      {RANKS.map((rank) => (
        <label key={rank}>
          <input type="checkbox" checked={!hidden.value.has(rank)} onChange={() => toggle(rank)} />
          <span class={`legend-box box-${rank}`} aria-hidden="true" />
          <span>
            {t(`preview_rank_${rank}`, { count: boxes.value.filter((box) => box.rank === rank).length })}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Of the settings as they are written now: a selector that finds nothing protects nothing. */
export function Found({ draft }: { draft: SharingDraft }) {
  const { mask, block, reveal } = settingsOf(draft);
  const known = new Map((view.value?.seen?.selectors ?? []).map(({ selector, found }) => [selector, found]));
  const written = [...new Set([...mask, ...block, ...reveal])].filter((one) => known.has(one));
  if (!drawn.value || written.length === 0) return null;
  return (
    <section aria-labelledby="preview-found">
      <h2 id="preview-found">{t("preview_found")}</h2>
      <ul class="preview-found">
        {written.map((selector) => {
          const count = known.get(selector) ?? undefined;
          return (
            <li key={selector} class={count ? "" : "found-none"}>
              <code>{selector}</code> {found(count)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function found(count: number | undefined): string {
  if (count === undefined) return t("preview_found_invalid");
  return count === 0 ? t("preview_found_nothing") : t("preview_found_count", { count });
}

/** What of a page is shown and what is masked, as fields: in the site's settings and beside the preview. */
import { Area } from "../ui/Field";
import { t } from "../words";
import {
  SHOW_LEVELS,
  type SharingDraft,
  settingsOf,
  strangePath,
  strangeSelector,
  tooMuch,
} from "./sharingDraft";

export type SharingFaults = Partial<Record<keyof SharingDraft, string | undefined>>;

interface MaskFieldsProps {
  draft: SharingDraft;
  change: (parts: Partial<SharingDraft>) => void;
  faults: SharingFaults;
}

export function MaskFields({ draft, change, faults }: MaskFieldsProps) {
  return (
    <>
      <fieldset class="choices">
        <legend class="field-label">{t("sharing_show")}</legend>
        {SHOW_LEVELS.map((level) => (
          <label key={level} class="choice">
            <input
              type="radio"
              name="sharing-show"
              checked={draft.show === level}
              onChange={() => change({ show: level })}
            />
            <span class="choice-words">
              {t(`sharing_show_${level}`)}
              <span class="choice-note">{t(`sharing_show_${level}_note`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {(["mask", "block", "reveal"] as const).map((what) => (
        <Area
          key={what}
          label={t(`sharing_${what}`)}
          rows={2}
          value={draft[what]}
          onValue={(text) => change({ [what]: text })}
          hint={t(`sharing_${what}_hint`)}
          error={faults[what]}
        />
      ))}
    </>
  );
}

/** Beside each field what is wrong in it, in words. */
export function faultsOf(draft: SharingDraft): SharingFaults {
  const path = (text: string) => worded("sharing_strange_path", strangePath(text)) ?? excess(text);
  const selector = (text: string) =>
    worded("sharing_strange_selector", strangeSelector(text, isSelector)) ?? excess(text);
  return {
    offPaths: path(draft.offPaths),
    seeOnlyPaths: path(draft.seeOnlyPaths),
    mask: selector(draft.mask),
    block: selector(draft.block),
    reveal: selector(draft.reveal),
  };
}

export function isFaulty(faults: SharingFaults): boolean {
  return Object.values(faults).some(Boolean);
}

/** Both as the server takes them. */
export function isSame(one: SharingDraft, other: SharingDraft): boolean {
  return JSON.stringify(settingsOf(one)) === JSON.stringify(settingsOf(other));
}

function worded(key: "sharing_strange_path" | "sharing_strange_selector", line: string | undefined) {
  return line === undefined ? undefined : t(key, { line });
}

function excess(text: string): string | undefined {
  const found = tooMuch(text);
  if (!found) return undefined;
  return "many" in found
    ? t("sharing_many_lines", { most: found.many })
    : t("sharing_long_line", { line: found.long, most: found.most });
}

function isSelector(text: string): boolean {
  try {
    document.createDocumentFragment().querySelector(text);
    return true;
  } catch {
    return false;
  }
}

/** A file before it is imported: what its columns mean, what is missing, and what would come of it. */
import "../../../../widget/src/shared/card.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { asRefusal, post, remove } from "../../api";
import { explained } from "../../refusals";
import { Card, type FeedPreview, format, type ImportRun, type SiteId } from "../../shared";
import { toast } from "../../ui/toasts";
import { lang, t } from "../../words";
import { Faults } from "../Faults";
import { dialectWords, separatorWords } from "../imports";
import { reasonWords } from "../reasonWords";
import { ColumnTable } from "./ColumnTable";
import { draftOf, type FeedDraft, settingsOf } from "./draft";
import { FeedFields } from "./FeedFields";

/** A pause in typing after which the file is read again. */
const SETTLED_MS = 500;

interface MappingScreenProps {
  site: SiteId;
  preview: FeedPreview;
  onStarted: (run: ImportRun) => void;
  onLeft: () => void;
}

export function MappingScreen({ site, preview: first, onStarted, onLeft }: MappingScreenProps) {
  const [draft, setDraft] = useState(draftOf(first.settings));
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { preview, reading, fault } = useReread(site, first, draft);
  const path = `/sites/${site}/catalog/previews/${first.id}`;
  useEffect(() => heading.current?.focus(), []);

  const start = async () => {
    setBusy(true);
    try {
      const settings = settingsOf(draft, headerOf(preview));
      onStarted(await post<ImportRun>(`/sites/${site}/catalog/imports`, { preview: first.id, settings }));
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
      setBusy(false);
    }
  };
  const leave = () => {
    onLeft();
    // What nobody wants any more goes by itself after an hour; this only makes it sooner.
    remove(path).catch(() => undefined);
  };

  return (
    <section class="panel-card mapping" aria-labelledby="mapping" aria-busy={reading}>
      <div class="title-row">
        <h2 id="mapping" tabIndex={-1} ref={heading}>
          {t("mapping", { file: preview.file })}
        </h2>
        <span class="quiet">
          {dialectWords(preview.dialect)} · {preview.encoding} · {separatorWords(preview.separator)} ·{" "}
          {format.bytes(preview.bytes, lang.value)}
        </span>
      </div>
      <Asked preview={preview} />
      {preview.fault && <p class="trouble">{reasonWords(preview.fault)}</p>}
      <FeedFields
        draft={draft}
        asksDecimals={draft.decimals !== undefined || preview.missing.includes("decimals")}
        change={(parts) => setDraft({ ...draft, ...parts })}
      />
      <ColumnTable preview={preview} draft={draft} onDraft={setDraft} />
      <DryRun preview={preview} reading={reading} />
      <p class="field-error" role="alert">
        {fault}
      </p>
      <div class="button-row mapping-foot">
        <button
          type="button"
          class="button button-primary"
          disabled={
            busy ||
            reading ||
            preview.missing.length > 0 ||
            preview.fault !== undefined ||
            fault !== undefined
          }
          onClick={() => void start()}
        >
          {t("mapping_import")}
        </button>
        <button type="button" class="button" onClick={leave}>
          {t("cancel")}
        </button>
      </div>
    </section>
  );
}

function headerOf(preview: FeedPreview): string[] {
  return preview.columns.map((column) => column.name);
}

/** Reads the file again under the draft's settings, after a pause; a late answer to an older draft is dropped. */
function useReread(site: SiteId, first: FeedPreview, draft: FeedDraft) {
  const [state, setState] = useState<{ preview: FeedPreview; fault?: string }>({ preview: first });
  const [reading, setReading] = useState(false);
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current) {
      begun.current = true;
      return;
    }
    let overtaken = false;
    setReading(true);
    const timer = setTimeout(async () => {
      try {
        const settings = settingsOf(draft, headerOf(state.preview));
        const preview = await post<FeedPreview>(`/sites/${site}/catalog/previews/${first.id}`, { settings });
        if (!overtaken) setState({ preview });
      } catch (failure) {
        if (!overtaken) setState({ ...state, fault: explained(asRefusal(failure)) });
      }
      if (!overtaken) setReading(false);
    }, SETTLED_MS);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [draft]);
  return { ...state, reading };
}

/** What must be said before the import, and what changed since the mapping was made. */
function Asked({ preview }: { preview: FeedPreview }) {
  const { missing, added_columns: added, removed_columns: removed } = preview;
  const names = (columns: readonly string[]) =>
    new Intl.ListFormat(lang.value).format(columns.map((column) => t("quoted", { words: column })));
  return (
    <>
      {missing.length > 0 && (
        <div class="callout" role="status">
          <ul class="plain-list">
            {missing.map((what) => (
              <li key={what}>{t(`missing_${what}`)}</li>
            ))}
          </ul>
        </div>
      )}
      {added.length + removed.length > 0 && (
        <p class="callout">
          {t("mapping_other_header")} {added.length > 0 && t("mapping_added", { columns: names(added) })}{" "}
          {removed.length > 0 && t("mapping_removed", { columns: names(removed) })}
        </p>
      )}
    </>
  );
}

function DryRun({ preview, reading }: { preview: FeedPreview; reading: boolean }) {
  return (
    <section class="dry-run" aria-labelledby="dry-run">
      <h3 id="dry-run">{t("dry_run")}</h3>
      <p role="status">
        {reading
          ? t("dry_run_reading")
          : t("dry_run_found", {
              rows: preview.rows,
              products: preview.products,
              rejected: preview.rejected,
            })}
      </p>
      {preview.examples.length > 0 && (
        <div class="dry-run-cards">
          {preview.examples.map((card) => (
            <Card key={card.product} card={card} lang={lang.value} t={t} newTab />
          ))}
        </div>
      )}
      {preview.faults.length > 0 && <Faults faults={preview.faults} />}
    </section>
  );
}

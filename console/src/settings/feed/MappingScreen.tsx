/** A file before it is imported: what its columns mean, what is missing, and what would come of it. */
import "../../../../widget/src/shared/card.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { asRefusal, post } from "../../api";
import { explained } from "../../refusals";
import { Card, type FeedPreview, type ImportRun, type SiteId } from "../../shared";
import { toast } from "../../ui/toasts";
import { lang, t } from "../../words";
import { Faults } from "../Faults";
import { dialectWords, encodingWords, separatorWords } from "../imports";
import { reasonWords } from "../reasonWords";
import { ColumnTable } from "./ColumnTable";
import { carriedOver, draftOf, type FeedDraft, settingsOf } from "./draft";
import { FeedFields } from "./FeedFields";
import { FeedFiles } from "./FeedFiles";
import { type LookedAt, letGo, type Sending } from "./sending";

/** A pause in typing after which the file is read again. */
const SETTLED_MS = 500;

interface MappingScreenProps {
  site: SiteId;
  looked: LookedAt;
  /** A further file was put to it. */
  onMore: (looked: LookedAt) => void;
  onStarted: (run: ImportRun) => void;
  onLeft: () => void;
}

export function MappingScreen({ site, looked, onMore, onStarted, onLeft }: MappingScreenProps) {
  const first = looked.preview;
  const [draft, setDraft] = useState(draftOf(first.settings));
  const [busy, setBusy] = useState(false);
  const [sending, setSending] = useState<Sending>();
  /** What the draft was last carried over from. */
  const base = useRef(first.settings);
  const heading = useRef<HTMLHeadingElement>(null);
  const { preview, reading, fault } = useReread(site, first, draft);
  const hasColumns = preview.columns.length > 0;
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
  // A file is long on its way, and people type meanwhile: what was said is what stands when it comes.
  const more = (all: LookedAt) => {
    const before = draftOf(base.current);
    const after = draftOf(all.preview.settings);
    base.current = all.preview.settings;
    setDraft((said) => carriedOver(said, before, after));
    onMore(all);
  };
  const names = looked.files.map((file) => file.name);

  return (
    <section class="panel-card mapping" aria-labelledby="mapping" aria-busy={reading}>
      <div class="title-row">
        <h2 id="mapping" tabIndex={-1} ref={heading}>
          {t("mapping", { file: new Intl.ListFormat(lang.value).format(names) })}
        </h2>
        {hasColumns && (
          <span class="quiet">
            {dialectWords(preview.dialect)} · {encodingWords(preview.encoding)} ·{" "}
            {separatorWords(preview.separator)}
          </span>
        )}
      </div>
      <Asked preview={preview} />
      {preview.fault && hasColumns && <p class="trouble">{reasonWords(preview.fault)}</p>}
      <FeedFiles site={site} looked={looked} sending={sending} onSending={setSending} onMore={more} />
      {hasColumns && (
        <>
          <FeedFields
            draft={draft}
            asksDecimals={draft.decimals !== undefined || preview.missing.includes("decimals")}
            change={(parts) => setDraft({ ...draft, ...parts })}
          />
          <ColumnTable preview={preview} draft={draft} onDraft={setDraft} />
          <DryRun preview={preview} reading={reading} />
        </>
      )}
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
            sending !== undefined ||
            preview.missing.length > 0 ||
            preview.fault !== undefined ||
            fault !== undefined
          }
          onClick={() => void start()}
        >
          {t("mapping_import")}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            onLeft();
            letGo(site, looked);
          }}
        >
          {t("cancel")}
        </button>
      </div>
    </section>
  );
}

function headerOf(preview: FeedPreview): string[] {
  return preview.columns.map((column) => column.name);
}

/**
 * Reads the file again under the draft's settings, after a pause; a late answer to an older draft, or to
 * fewer files, is dropped.
 */
function useReread(site: SiteId, first: FeedPreview, draft: FeedDraft) {
  const [state, setState] = useState<{ of: FeedPreview; preview: FeedPreview; fault?: string }>();
  const [reading, setReading] = useState(false);
  const begun = useRef(false);
  const seen = state?.of === first ? state : { of: first, preview: first };
  useEffect(() => {
    if (!begun.current) {
      begun.current = true;
      return;
    }
    let overtaken = false;
    setReading(true);
    const timer = setTimeout(async () => {
      try {
        const settings = settingsOf(draft, headerOf(seen.preview));
        const preview = await post<FeedPreview>(`/sites/${site}/catalog/previews/${first.id}`, { settings });
        if (!overtaken) setState({ of: first, preview });
      } catch (failure) {
        if (!overtaken) setState({ ...seen, fault: explained(asRefusal(failure)) });
      }
      if (!overtaken) setReading(false);
    }, SETTLED_MS);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [draft]);
  return { ...seen, reading };
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

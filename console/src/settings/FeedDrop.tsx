/**
 * Where a feed is dropped or picked, and its way to the server: imported at once where nothing needs to
 * be asked, else its columns are shown first.
 */
import { useRef, useState } from "preact/hooks";
import { asRefusal, post } from "../api";
import { explained } from "../refusals";
import { type FeedPreview, Icon, type ImportRun, icons, type SiteId } from "../shared";
import { type Upload, upload, wasCancelled } from "../upload";
import { t } from "../words";
import { isPlain } from "./feed/draft";
import { reasonWords } from "./reasonWords";

interface FeedDropProps {
  site: SiteId;
  /** Of the catalog that it is for. */
  lang: string;
  /** An import runs already. */
  busy: boolean;
  /** Something must be asked, or the columns are to be looked at. */
  onPreview: (preview: FeedPreview) => void;
  onStarted: (run: ImportRun) => void;
}

export function FeedDrop({ site, lang, busy, onPreview, onStarted }: FeedDropProps) {
  const [look, setLook] = useState(false);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<{ name: string; share: number }>();
  const [fault, setFault] = useState<string>();
  const flying = useRef<Upload<FeedPreview> | null>(null);
  const picker = useRef<HTMLInputElement>(null);

  const send = async (file: File | undefined) => {
    if (!file || sending) return;
    if (busy) {
      setFault(t("refusal_import_running"));
      return;
    }
    setFault(undefined);
    setSending({ name: file.name, share: 0 });
    const previews = `/sites/${site}/catalog/previews`;
    const started = upload<FeedPreview>(`${previews}?lang=${lang}`, file, (share) =>
      setSending({ name: file.name, share }),
    );
    flying.current = started;
    try {
      const preview = await started.done;
      if (preview.fault && preview.columns.length === 0) setFault(reasonWords(preview.fault));
      else if (look || !isPlain(preview)) onPreview(preview);
      else {
        const { id, settings } = preview;
        onStarted(await post<ImportRun>(`/sites/${site}/catalog/imports`, { preview: id, settings }));
      }
    } catch (failure) {
      if (!wasCancelled(failure)) setFault(explained(asRefusal(failure)));
    }
    setSending(undefined);
  };

  return (
    <section
      class={over ? "panel-card feed-drop feed-over" : "panel-card feed-drop"}
      aria-labelledby="feed-drop"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void send(event.dataTransfer?.files[0]);
      }}
    >
      <Icon d={icons.upload} size={28} />
      <h2 id="feed-drop">{t("feed_drop")}</h2>
      <p class="quiet">{t("feed_drop_text")}</p>
      {sending ? (
        <div class="feed-sending">
          <span>{t("feed_sending", { name: sending.name })}</span>
          <progress max={1} value={sending.share} aria-label={t("upload_progress", { name: sending.name })} />
          <button type="button" class="button button-small" onClick={() => flying.current?.cancel()}>
            {t("cancel")}
          </button>
        </div>
      ) : (
        <button
          type="button"
          class="button button-primary"
          disabled={busy}
          onClick={() => picker.current?.click()}
        >
          {t("feed_choose")}
        </button>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xml,.gz,text/csv"
        aria-label={t("feed_choose")}
        onChange={(event) => {
          void send(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      <label class="tick">
        <input type="checkbox" checked={look} onChange={(event) => setLook(event.currentTarget.checked)} />
        {t("feed_look")}
      </label>
      <p class="field-error" role="alert">
        {fault}
      </p>
    </section>
  );
}

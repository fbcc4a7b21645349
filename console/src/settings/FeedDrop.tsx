/**
 * Where a feed is dropped or picked, in one file or several, and its way to the server: imported at once
 * where nothing needs to be asked, else its columns are shown first.
 */
import { useRef, useState } from "preact/hooks";
import { post } from "../api";
import { Icon, type ImportRun, icons, type SiteId } from "../shared";
import { type Upload, wasCancelled } from "../upload";
import { t } from "../words";
import { isPlain } from "./feed/draft";
import { FilesButton } from "./feed/FilesButton";
import { SendingBar } from "./feed/SendingBar";
import { type LookedAt, letGo, type Sending, sendFeed, sendingFault } from "./feed/sending";
import { reasonWords } from "./reasonWords";

interface FeedDropProps {
  site: SiteId;
  /** Of the catalog that it is for. */
  lang: string;
  /** An import runs already. */
  busy: boolean;
  /** Something must be asked, or the columns are to be looked at. */
  onLook: (looked: LookedAt) => void;
  onStarted: (run: ImportRun) => void;
}

export function FeedDrop({ site, lang, busy, onLook, onStarted }: FeedDropProps) {
  const [look, setLook] = useState(false);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending>();
  const [fault, setFault] = useState<string>();
  const flying = useRef<Upload<LookedAt> | null>(null);

  const use = async (looked: LookedAt) => {
    const { id, settings, fault, columns, missing } = looked.preview;
    if (fault && columns.length === 0 && missing.length === 0) {
      setFault(reasonWords(fault));
      letGo(site, looked);
    } else if (look || !isPlain(looked.preview)) onLook(looked);
    else onStarted(await post<ImportRun>(`/sites/${site}/catalog/imports`, { preview: id, settings }));
  };
  const send = async (files: readonly File[]) => {
    if (files.length === 0 || sending) return;
    if (busy) {
      setFault(t("refusal_import_running"));
      return;
    }
    setFault(undefined);
    flying.current = sendFeed(site, { lang }, files, { sending: setSending });
    try {
      await use(await flying.current.done);
    } catch (failure) {
      if (!wasCancelled(failure)) setFault(sendingFault(failure));
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
        void send([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Icon d={icons.upload} size={28} />
      <h2 id="feed-drop">{t("feed_drop")}</h2>
      <p class="quiet">{t("feed_drop_text")}</p>
      {sending ? (
        <SendingBar sending={sending} onCancel={() => flying.current?.cancel()} />
      ) : (
        <FilesButton look="button button-primary" disabled={busy} onFiles={(files) => void send(files)}>
          {t("feed_choose")}
        </FilesButton>
      )}
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

/** The files that a feed is read from, and the way to add one: PrestaShop's combinations to its products. */
import { useEffect, useRef, useState } from "preact/hooks";
import { format, Icon, icons, type SiteId } from "../../shared";
import { type Upload, wasCancelled } from "../../upload";
import { lang, t } from "../../words";
import { FilesButton } from "./FilesButton";
import { SendingBar } from "./SendingBar";
import { type LookedAt, type Sending, sendFeed, sendingFault } from "./sending";

interface FeedFilesProps {
  site: SiteId;
  looked: LookedAt;
  /** A file is on its way. */
  sending: Sending | undefined;
  onSending: (sending: Sending | undefined) => void;
  /** Told after each file that arrived. */
  onMore: (looked: LookedAt) => void;
}

export function FeedFiles({ site, looked, sending, onSending, onMore }: FeedFilesProps) {
  const [fault, setFault] = useState<string>();
  const flying = useRef<Upload<LookedAt> | null>(null);
  const { preview, files } = looked;
  useEffect(() => () => flying.current?.cancel(), []);
  const add = async (more: readonly File[]) => {
    if (more.length === 0 || sending) return;
    setFault(undefined);
    const to = { lang: preview.lang, before: looked };
    flying.current = sendFeed(site, to, more, { sending: onSending, came: onMore });
    try {
      await flying.current.done;
    } catch (failure) {
      if (!wasCancelled(failure)) setFault(sendingFault(failure));
    }
    onSending(undefined);
  };
  return (
    <div class="feed-files">
      <ul aria-label={t("mapping_files")}>
        {files.map((file, place) => (
          <li key={`${place}-${file.name}`}>
            <Icon d={icons.file} size={16} />
            <bdi>{file.name}</bdi>
            <span class="quiet">{format.bytes(file.bytes, lang.value)}</span>
          </li>
        ))}
      </ul>
      {sending ? (
        <SendingBar sending={sending} onCancel={() => flying.current?.cancel()} />
      ) : (
        <FilesButton look="button button-small" disabled={false} onFiles={(more) => void add(more)}>
          {t("mapping_add")}
        </FilesButton>
      )}
      {files.length > 1 && <p class="quiet">{t("mapping_files_text")}</p>}
      <p class="field-error" role="alert">
        {fault}
      </p>
    </div>
  );
}

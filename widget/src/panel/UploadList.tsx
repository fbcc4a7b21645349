/** Files on their way, with how far each is; a refused one says why and may be tried again. */
import { bytes } from "../shared/format";
import { Icon } from "../shared/icon";
import { alert, close, file, retry } from "../shared/icons";
import { useAround } from "./around";
import { whyWords } from "./Fate";
import type { UploadRow } from "./uploads";

export function UploadList() {
  const { chat } = useAround();
  return (
    <>
      {chat.uploads.map((row) => (
        <UploadOf key={row.id} row={row} />
      ))}
    </>
  );
}

/** Trying again would only be refused again. */
const FINAL: readonly UploadRow["failed"][] = [
  "file_too_large",
  "file_empty",
  "file_type_refused",
  "quota_reached",
];

function UploadOf({ row }: { row: UploadRow }) {
  const { chat, config, lang, t } = useAround();
  const percent = Math.round(row.part * 100);
  const size = bytes(config.file_megabytes_max * 1_000_000, lang);
  return (
    <div class="said mine first last">
      <div class={row.failed ? "upload failed" : "upload"}>
        <span class="file-icon">
          <Icon d={row.failed ? alert : file} />
        </span>
        <div class="file-words">
          <bdi>{row.name}</bdi>
          {row.failed ? (
            <small>{t(whyWords(row.failed), { size })}</small>
          ) : (
            <progress max={100} value={percent} aria-label={t("file_sending", { name: row.name, percent })} />
          )}
        </div>
        {row.failed && !FINAL.includes(row.failed) && (
          <button
            type="button"
            class="icon-button"
            aria-label={t("file_retry", { name: row.name })}
            onClick={() => chat.reach().then(({ uploads }) => uploads.retry(row.id))}
          >
            <Icon d={retry} size={18} />
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label={t("file_cancel", { name: row.name })}
          onClick={() => chat.reach().then(({ uploads }) => uploads.cancel(row.id))}
        >
          <Icon d={close} size={18} />
        </button>
      </div>
    </div>
  );
}

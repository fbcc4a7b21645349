/** Files on their way, at the end of the transcript: progress, cancel, retry. */
import { giveUp, type Sending, sendAgain, sendings } from "../composer/uploads";
import { type ConversationId, format, Icon, icons } from "../shared";
import { lang, t } from "../words";

export function Uploads({ conversation }: { conversation: ConversationId }) {
  const mine = sendings.value.filter((one) => one.conversation === conversation);
  return (
    <>
      {mine.map((one) => (
        <Upload key={one.id} sending={one} />
      ))}
    </>
  );
}

function Upload({ sending }: { sending: Sending }) {
  const { file, share, fault } = sending;
  return (
    <li class="line line-agent">
      <div class="bubble bubble-document bubble-upload">
        <span class="document-link">
          <Icon d={icons.file} size={18} />
          <span class="document-name">
            <bdi>{file.name}</bdi>
          </span>
          <span class="document-size">{format.bytes(file.size, lang.value)}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={t("upload_cancel", { name: file.name })}
            onClick={() => giveUp(sending)}
          >
            <Icon d={icons.close} size={16} />
          </button>
        </span>
        {!fault && <progress max={1} value={share} aria-label={t("upload_progress", { name: file.name })} />}
      </div>
      {fault ? (
        <p class="foot foot-failed">
          <Icon d={icons.alert} size={14} />
          <span>{fault}</span>
          <button type="button" class="link-button" onClick={() => sendAgain(sending)}>
            {t("retry")}
          </button>
        </p>
      ) : (
        <p class="foot">{t("uploading")}</p>
      )}
    </li>
  );
}

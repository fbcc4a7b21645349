/** A file in the transcript: its re-encoded preview where there is one, its name, size and download. */
import { useState } from "preact/hooks";
import { apiAddress } from "../api";
import { type DocumentRef, format, Icon, icons } from "../shared";
import { lang, t } from "../words";

export function DocumentBubble({ document }: { document: DocumentRef | undefined }) {
  const [broken, setBroken] = useState(false);
  if (!document) return <div class="bubble">{t("document")}</div>;
  const { id, name, bytes, preview } = document;
  return (
    <div class="bubble bubble-document">
      {preview && !broken && (
        <img
          class="document-picture"
          src={apiAddress(`/documents/${id}/preview`)}
          alt={t("picture_of", { name })}
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
        />
      )}
      <a class="document-link" href={apiAddress(`/documents/${id}`)} download={name} data-plain>
        <Icon d={preview ? icons.image : icons.file} size={18} />
        <span class="document-name">
          <bdi>{name}</bdi>
        </span>
        <span class="document-size">{format.bytes(bytes, lang.value)}</span>
        <Icon d={icons.download} size={16} label={t("download")} />
      </a>
    </div>
  );
}

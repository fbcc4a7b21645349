/** Files that went both ways, newest first. */
import { useState } from "preact/hooks";
import { apiAddress } from "../api";
import { rowName } from "../names";
import { type ConversationDetails, type DocumentEntry, format, Icon, icons } from "../shared";
import { self } from "../state/store";
import { lang, t } from "../words";

/** Documents beyond these are folded: products stand below them. */
const DOCUMENTS_SHOWN = 5;

export function Documents({ details }: { details: ConversationDetails | undefined }) {
  const [all, setAll] = useState(false);
  if (!details) return null;
  const folded = details.documents.length - DOCUMENTS_SHOWN;
  if (details.documents.length === 0) return <p class="quiet">{t("documents_none")}</p>;
  return (
    <>
      <ul class="documents">
        {[...details.documents]
          .reverse()
          .slice(0, all ? undefined : DOCUMENTS_SHOWN)
          .map((entry) => (
            <li key={entry.document.id}>
              <Icon d={entry.document.preview ? icons.image : icons.file} size={18} />
              <span class="document-words">
                <a
                  href={apiAddress(`/documents/${entry.document.id}`)}
                  download={entry.document.name}
                  data-plain
                >
                  <bdi>{entry.document.name}</bdi>
                </a>
                <span class="quiet">
                  {who(entry, details)} · {format.time(entry.at, lang.value)}
                </span>
              </span>
              <span class="quiet">{format.bytes(entry.document.bytes, lang.value)}</span>
            </li>
          ))}
      </ul>
      {folded > 0 && (
        <p>
          <button type="button" class="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t("documents_fewer") : t("documents_more", { count: folded })}
          </button>
        </p>
      )}
    </>
  );
}

function who({ author }: DocumentEntry, details: ConversationDetails): string {
  if (author.type === "visitor") return rowName(details.row);
  return author.agent.id === self.value?.id ? t("you") : author.agent.first_name;
}

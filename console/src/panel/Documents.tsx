/** Files that went both ways, newest first. */
import { apiAddress } from "../api";
import { rowName } from "../names";
import { type ConversationDetails, type DocumentEntry, format, Icon, icons } from "../shared";
import { self } from "../state/store";
import { lang, t } from "../words";

export function Documents({ details }: { details: ConversationDetails | undefined }) {
  if (!details) return null;
  if (details.documents.length === 0) return <p class="quiet">{t("documents_none")}</p>;
  return (
    <ul class="documents">
      {[...details.documents].reverse().map((entry) => (
        <li key={entry.document.id}>
          <Icon d={entry.document.preview ? icons.image : icons.file} size={18} />
          <span class="document-words">
            <a href={apiAddress(`/documents/${entry.document.id}`)} download={entry.document.name} data-plain>
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
  );
}

function who({ author }: DocumentEntry, details: ConversationDetails): string {
  if (author.type === "visitor") return rowName(details.row);
  return author.agent.id === self.value?.id ? t("you") : author.agent.first_name;
}

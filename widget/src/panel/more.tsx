/** The chunk of what only a conversation brings: cards, files, the conversation before. */
import cardCss from "../shared/card.css?inline";
import { CardRow } from "./CardRow";
import { DocumentRow } from "./DocumentRow";
import { EarlierConversation } from "./Earlier";
import filesCss from "./files.css?inline";
import { UploadList } from "./UploadList";
import { Uploads } from "./uploads";

export { CardRow, DocumentRow, EarlierConversation, UploadList, Uploads };
export const css = cardCss + filesCss;

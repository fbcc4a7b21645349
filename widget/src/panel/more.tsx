/** The chunk of what only a conversation brings: states, cards, files, news, the conversation before. */
import cardCss from "../shared/card.css?inline";
import { CardRow } from "./CardRow";
import { DocumentRow } from "./DocumentRow";
import { EarlierConversation } from "./Earlier";
import { Fate } from "./Fate";
import { Hearing } from "./hearing";
import { Http } from "./http";
import moreCss from "./more.css?inline";
import { chime } from "./sound";
import { TypingDots } from "./TypingDots";
import { UploadList } from "./UploadList";
import { Uploads } from "./uploads";

export {
  CardRow,
  chime,
  DocumentRow,
  EarlierConversation,
  Fate,
  Hearing,
  Http,
  TypingDots,
  UploadList,
  Uploads,
};
export const css = cardCss + moreCss;

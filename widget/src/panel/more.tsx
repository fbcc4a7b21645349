/** The chunk of what only a conversation brings: states, files, news, the conversation before. */
import { Text } from "../shared/text";
import { Banner } from "./Banner";
import { DocumentRow } from "./DocumentRow";
import { EarlierConversation } from "./Earlier";
import { Fate } from "./Fate";
import moreCss from "./more.css?inline";
import { News } from "./news";
import { Reach } from "./reach";
import { TypingDots } from "./TypingDots";
import { UploadList } from "./UploadList";

export {
  Banner,
  DocumentRow,
  EarlierConversation,
  Fate,
  moreCss as css,
  News,
  Reach,
  Text,
  TypingDots,
  UploadList,
};

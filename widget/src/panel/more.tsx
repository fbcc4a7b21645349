/** The chunk of what only a conversation brings: states, cards, files, news, the conversation before. */
import cardCss from "../shared/card.css?inline";
import { Text } from "../shared/text";
import { Banner } from "./Banner";
import { CardRow } from "./CardRow";
import { DocumentRow } from "./DocumentRow";
import { EarlierConversation } from "./Earlier";
import { Fate } from "./Fate";
import moreCss from "./more.css?inline";
import { News } from "./news";
import { Reach } from "./reach";
import { TypingDots } from "./TypingDots";
import { UploadList } from "./UploadList";

export { Banner, CardRow, DocumentRow, EarlierConversation, Fate, News, Reach, Text, TypingDots, UploadList };
export const css = cardCss + moreCss;

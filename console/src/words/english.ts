/** English as one chunk: the console's words and those it shares with the widget. */
import shared from "../../../widget/src/shared/words/en.json";
import own from "./en.json";

export const words = { ...shared, ...own };

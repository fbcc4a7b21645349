/** French as one chunk: the console's words and those it shares with the widget. */
import shared from "../../../widget/src/shared/words/fr.json";
import own from "./fr.json";

export const words = { ...shared, ...own };

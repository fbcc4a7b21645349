/** The chunk of one language: shared words and the widget's own. */

import type { Dictionary } from "../shared/words";
import shared from "../shared/words/fr.json";
import own from "./fr.json";
import type { WidgetKey } from "./keys";

const words: Dictionary<WidgetKey> = { ...shared, ...own };
export default words;

/** The keys of the widget's words, typed from the English file. */
import type { SharedKey } from "../shared/shared-words";
import type { Translate } from "../shared/words";
import type en from "./en.json";

export type WidgetKey = keyof typeof en | SharedKey;
export type T = Translate<WidgetKey>;
export type OwnKey = keyof typeof en;

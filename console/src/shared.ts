/**
 * The one door to what widget and console share: the wire's types, the socket's client, and how
 * things that both sides see are drawn. Nothing else of the widget may be imported by the console,
 * and the widget never imports the console.
 */

export * as accent from "../../widget/src/shared/accent";
export { attributeName } from "../../widget/src/shared/attribute";
export { Card, CardPrice, CardStock, leavePictures, usePicture } from "../../widget/src/shared/card";
export { Compare } from "../../widget/src/shared/compare";
export * as format from "../../widget/src/shared/format";
export { Icon } from "../../widget/src/shared/icon";
export * as icons from "../../widget/src/shared/icons";
export { newId } from "../../widget/src/shared/id";
export { Link, type LinkState } from "../../widget/src/shared/link";
export { LINK_REL, safeLink } from "../../widget/src/shared/links";
export { EMPTY_LOG, hear, type Log, prepend } from "../../widget/src/shared/log";
export { Outbox } from "../../widget/src/shared/outbox";
export type * from "../../widget/src/shared/protocol";
export type { SharedKey } from "../../widget/src/shared/shared-words";
export { Text } from "../../widget/src/shared/text";
export {
  type Dictionary,
  differences,
  type Params,
  type Phrase,
  type Translate,
  translator,
} from "../../widget/src/shared/words";

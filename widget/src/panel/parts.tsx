/** The components that are fetched when first needed; plain text stands in their place meanwhile. */
import { later } from "./later";

/** Also fetched ahead when a conversation begins, so that a card appears at once. */
export const more = () => import("./more");

export const CardRow = later(
  () => more().then(({ CardRow: component, css }) => ({ component, css })),
  ({ card }) => <p class="bubble">{card.title}</p>,
);

export const DocumentRow = later(
  () => more().then(({ DocumentRow: component, css }) => ({ component, css })),
  ({ document }) => <p class="bubble">{document.name}</p>,
);

export const EarlierConversation = later(() =>
  more().then(({ EarlierConversation: component, css }) => ({ component, css })),
);

export const UploadList = later(() => more().then(({ UploadList: component, css }) => ({ component, css })));

export const Form = later(() => import("./Form").then(({ Form: component, css }) => ({ component, css })));

/**
 * The components that are fetched when first needed, from four chunks; plain
 * text or nothing stands in their place meanwhile.
 */
import { later } from "./later";

/** Fetched at the first input: from then on all of it may be needed at once. */
export const more = () => import("./more");
const ask = () => import("./ask");
const cards = () => import("./cards");
const rate = () => import("./rate");

export const Banner = later(more, (part) => part.Banner);
export const CardRow = later(
  cards,
  (part) => part.CardRow,
  ({ card }) => <p class="bubble">{card.title}</p>,
);
export const CompareRow = later(cards, (part) => part.CompareRow);
export const DocumentRow = later(
  more,
  (part) => part.DocumentRow,
  ({ document }) => <p class="bubble">{document.name}</p>,
);
export const EarlierConversation = later(more, (part) => part.EarlierConversation);
export const Fate = later(more, (part) => part.Fate);
export const Text = later(
  more,
  (part) => part.Text,
  ({ text }) => <>{text}</>,
);
export const TypingDots = later(more, (part) => part.TypingDots);
export const UploadList = later(more, (part) => part.UploadList);

export const Rating = later(rate, (part) => part.Rating);

export const Form = later(ask, (part) => part.Form);
export const VisitsJoined = later(ask, (part) => part.VisitsJoined);

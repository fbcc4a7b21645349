/** The chunk of products that an agent sends or the bot finds: a card, several side by side. */
import cardCss from "../shared/card.css?inline";
import compareCss from "../shared/compare.css?inline";
import { CardRow } from "./CardRow";
import { CompareRow } from "./CompareRow";
import cartCss from "./cart/cart.css?inline";

export { CardRow, CompareRow };
export const css = cardCss + compareCss + cartCss;

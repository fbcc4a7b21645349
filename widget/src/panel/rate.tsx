/** The chunk of the one question after a close. */
import { Rating } from "./Rating";
import rateCss from "./rate.css?inline";

export { Rating, rateCss as css };

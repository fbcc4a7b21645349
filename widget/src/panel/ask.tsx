/** The chunk of what is asked or said before the first input, on stores that do: the form, the pages to be joined. */
import css from "./ask.css?inline";
import { Form } from "./Form";
import { VisitsJoined } from "./VisitsJoined";

export { css, Form, VisitsJoined };

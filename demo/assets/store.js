/** The demo store's script on every page. What one kind of page needs more is named by that page. */
import { carry } from "./cart.js";
import { consentBar } from "./consent.js";
import { dialogs, menu } from "./menu.js";
import { rails } from "./rail.js";

consentBar();
menu();
dialogs();
rails();
carry();

//! The rungs of the ladder, as they stand in [`crate::protocol::BotWhy`] and are counted.
//!
//! Stored with every turn: a name is never changed, only added.

/// The bot's first words, or a return after a close.
pub const START: &str = "start";
/// An answer to an awaited field, or the message being left.
pub const FIELD: &str = "field";
/// The form, filled in.
pub const FORM: &str = "form";
/// A document.
pub const FILE: &str = "file";
/// Said to whoever waits, without an input.
pub const WAITING: &str = "waiting";
/// A word that asks for a person.
pub const KEYWORD: &str = "keyword";
/// A text that names a button of the latest turn.
pub const LABEL: &str = "label";
/// A click on a button.
pub const BUTTON: &str = "button";
/// A greeting or thanks.
pub const COURTESY: &str = "courtesy";
/// What `@products` was asked for.
pub const PRODUCTS: &str = "products";
/// One FAQ, sure enough to answer.
pub const FAQ: &str = "faq";
/// Several FAQs, offered as buttons.
pub const SUGGEST: &str = "suggest";
/// A product named in the text.
pub const CATALOG: &str = "catalog";
/// Nothing caught it.
pub const UNKNOWN: &str = "unknown";
/// "None of these", clicked under suggestions.
pub const NONE_OF_THESE: &str = "none_of_these";

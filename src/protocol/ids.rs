//! Identities as newtypes, so that one cannot stand where another belongs.
//!
//! Those of ours are UUIDv7. They name things and never order them: sequence
//! numbers do. Products and SKUs are the merchant's own words.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! uuid_newtype {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    )+};
}

uuid_newtype! {
    /// A store: one key, origins, bot, catalog, members.
    SiteId,
    /// A visitor of one site, kept by their token.
    VisitorId,
    AgentId,
    ConversationId,
    /// A file that was exchanged in a conversation.
    DocumentId,
    /// One page seen by a visitor; made by the browser, so that a repeat adds nothing.
    VisitId,
    /// A client's own name for a command; a repeat under the same id changes nothing.
    CommandId,
    /// One offer of a conversation to another agent.
    TransferId,
    InvitationId,
    /// One run of a catalog import.
    ImportId,
    /// A file that was uploaded to be looked at before it is imported.
    PreviewId,
    /// One shared page, from the question to its end.
    ShareId,
    /// One question to a visitor about a share; issued once.
    AskId,
}

macro_rules! text_newtype {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

text_newtype! {
    /// A product's id in its site's catalog, at most 100 characters, as the feed wrote it.
    ProductId,
    /// A variant's SKU, at most 100 characters, unique in its site.
    Sku,
}

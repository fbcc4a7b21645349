//! Public refusals: a code, a sentence, what to do next.
//!
//! The table in [`RefusalCode::face`] is the only place that words them for
//! strangers; browsers word the codes they know in the user's language.
//! `docs/protocol.md` lists them and a test provokes every one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AgentRef, Stage};

/// Why a command, frame or request was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    pub code: RefusalCode,
    /// One English sentence for whoever reads the wire.
    pub message: String,
    /// What to do next.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(optional, as = "Option<String>")]
    pub hint: String,
    /// Who took, holds or closed it, where that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<AgentRef>,
    /// The stage that the command met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stage: Option<Stage>,
    /// Repeat after so many milliseconds, under the same id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retry_ms: Option<u32>,
    /// Field id to what is wrong with its answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<FieldFault>>")]
    pub fields: Vec<FieldFault>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldFault {
    pub field: String,
    /// In the visitor's language, from the bot's definition where it has one.
    pub error: String,
    /// Which fault it is, where a client may say it in its own words; docs/feeds/faults.md
    /// lists those of a feed's address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(optional, as = "Option<String>")]
    pub code: String,
}

macro_rules! refusal_codes {
    ($($(#[$doc:meta])* $name:ident $status:literal $message:literal $hint:literal),+ $(,)?) => {
        /// Stable names; a client decides by them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum RefusalCode {
            $($(#[$doc])* $name),+
        }

        impl RefusalCode {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// HTTP status, sentence and hint.
            #[must_use]
            pub const fn face(self) -> (u16, &'static str, &'static str) {
                match self {
                    $(Self::$name => ($status, $message, $hint)),+
                }
            }
        }
    };
}

refusal_codes! {
    /// Another agent was quicker; `by` says who.
    AlreadyTaken 409 "Somebody has already taken this conversation." "You can read along in In progress, among your colleagues' conversations.",
    /// The version seen is old; `stage` and `by` say what is.
    StageChanged 409 "The conversation has moved on since you saw it." "Look at it again and decide anew.",
    NotInCharge 409 "You are not in charge of this conversation." "Take it, or ask its agent to transfer it.",
    ConversationClosed 409 "This conversation is closed for good." "A new message begins a new one.",
    /// No offer of that id is open, or it is for somebody else.
    NoSuchOffer 409 "This transfer offer is no longer open." "Ask your colleague to offer it again.",
    AgentUnreachable 409 "That agent is not online on this site." "Choose somebody who is available.",
    OfferPending 409 "An offer of this conversation is already open." "Wait for its answer or withdraw it.",
    /// A button or form of an earlier bot turn.
    StaleTurn 409 "The bot has gone on since that was offered." "Use the latest buttons.",
    InvalidFields 422 "Some answers do not fit." "Correct the marked fields.",
    NoSuchProduct 404 "No such product in this site's catalog." "Search again: the catalog may have been imported anew.",
    /// Its link leads to another origin than the page that is shared, or to where nothing is shared.
    PageElsewhere 409 "This product has no page in the store that is shared." "Send its card instead.",
    NotComparable 422 "A comparison is of two to four different products." "Tick two, three or four.",
    NoSuchDocument 404 "No such document." "Upload it again.",
    NoSuchCard 404 "No product card at that number." "",
    /// Switched off on the site, or on the page that the visitor has before them.
    ShareOff 409 "Sharing is switched off here." "An admin can allow it in the site's settings.",
    AlreadyAsked 409 "This page is shared already, or the visitor is being asked." "Wait for the answer.",
    /// Nothing is shared, or not with whoever asks.
    NotShared 409 "No page is shared here now." "Ask the visitor first.",
    EmptyText 422 "The message is empty." "Write something first.",
    TextTooLong 413 "The message is longer than 16 KiB." "Send it in parts, or as a file.",
    ForbiddenCharacter 422 "The text contains a NUL character." "Remove it and send again.",
    TooFast 429 "Too many messages at once." "It is sent again by itself.",
    /// A full mailbox or queue, a store that cannot commit now.
    TryLater 503 "The server cannot take this right now." "It is sent again by itself; nothing is lost.",
    /// The same command id with another content.
    IdReused 409 "This command id was used for something else." "Give every command its own id.",
    NotFound 404 "There is nothing here, or it is not yours to see." "Check the address, or sign in.",
    NotSignedIn 401 "You are not signed in." "Sign in and try again.",
    WrongSignIn 401 "E-mail or password is wrong." "Check both; after several failures the answer is delayed.",
    NotAllowed 403 "Your role does not allow this." "Ask an admin.",
    OriginRefused 403 "This origin may not use this site's chat." "Add it to the site's allowed origins.",
    Malformed 400 "The request could not be read." "See the documentation of the protocol.",
    UnknownCommand 400 "There is no such command." "See the documentation of the protocol.",
    WrongMediaType 415 "This content type is not taken here." "Send JSON, or the upload header where a file is expected.",
    FileTooLarge 413 "The file is larger than this server takes." "Send a smaller one.",
    FileTypeRefused 422 "Files of this type are not taken." "Send an image, a PDF, a text or an office document.",
    QuotaReached 429 "The limit of files for today is reached." "Try again tomorrow.",
    SiteNotReady 409 "This site has no published bot yet." "Publish one in the console.",
    NameTaken 409 "That name is already in use." "Choose another.",
    WeakPassword 422 "The password is too short or too common." "Use at least 8 characters that others would not guess.",
    /// Saved by somebody since it was read; `by` says whom, further members when and as what.
    StaleVersion 409 "Somebody has saved this since you read it." "Load it again, or save over it.",
    DefinitionTooLarge 413 "The definition is larger than 512 KiB." "Shorten it; what was saved before is as it was.",
    InvalidValue 422 "A value does not fit." "Correct it and send again.",
    LinkExpired 410 "This link has been used or is too old." "Ask for a new one.",
    ImportRunning 409 "An import of this site is already running." "Wait for it or cancel it.",
    Draining 503 "The server is restarting." "It is sent again by itself.",
    DiskFull 503 "The disk is full." "Free some space; nothing was changed.",
    Fault 500 "Something went wrong on our side." "Try again; the server's log says more.",
}

impl Refusal {
    #[must_use]
    pub fn new(code: RefusalCode) -> Self {
        let (_, message, hint) = code.face();
        Self {
            code,
            message: message.to_owned(),
            hint: hint.to_owned(),
            by: None,
            stage: None,
            retry_ms: None,
            fields: Vec::new(),
        }
    }

    /// The same code in more exact words; lowercase rules do not apply, people read it.
    #[must_use]
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    #[must_use]
    pub fn by(mut self, agent: AgentRef) -> Self {
        self.by = Some(agent);
        self
    }

    #[must_use]
    pub fn at(mut self, stage: Stage) -> Self {
        self.stage = Some(stage);
        self
    }

    #[must_use]
    pub fn retry_in(mut self, millis: u32) -> Self {
        self.retry_ms = Some(millis);
        self
    }
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self::new(code)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

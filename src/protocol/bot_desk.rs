//! The bot as an admin works on it: draft, preview, versions, what was not understood, figures.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::admin::BotReport;
use super::command::FieldAnswer;
use super::definition::BotDefinition;
use super::refusal::FieldFault;
use super::{AgentRef, BotTurn, BotWhy, ConversationId, RatingView, Timestamp};

/// `GET /api/v1/sites/{site}/bot/draft`, and what each `PUT` answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BotDraftView {
    /// Rises with each save; 0 = no draft yet: what is here is the published definition, or nothing.
    pub revision: u64,
    pub toml: String,
    /// Absent where the TOML cannot be read as structure; the report says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub definition: Option<BotDefinition>,
    pub report: BotReport,
    /// The published version; 0 = none.
    pub published: u32,
    /// The draft differs from it.
    pub changed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub saved_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub saved_by: Option<AgentRef>,
}

/// `PUT /api/v1/sites/{site}/bot/draft`: exactly one of both. A draft with errors is kept, too.
///
/// `revision` is the one that was read: over a newer one nothing is saved (`stale_version`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BotDraftChange {
    pub revision: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub toml: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub definition: Option<BotDefinition>,
}

/// Further members of the refusal `stale_version`, whose `by` is who saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StaleDraft {
    /// The draft as it is now; a change over this one is saved.
    pub revision: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub saved_at: Option<Timestamp>,
}

/// `POST …/bot/publish`: the draft of that revision becomes the next version. `POST …/bot/versions/{n}/restore`:
/// version `n` does, and the draft becomes it; `revision` is the draft's that was read, so that no work unseen is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BotPublish {
    pub revision: u64,
    /// What changed, in the admin's words; at most 200 characters.
    #[serde(default)]
    pub note: String,
}

/// `GET …/bot/versions`: newest first, at most 200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotVersions {
    pub published: u32,
    pub versions: Vec<BotVersionRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotVersionRow {
    pub version: u32,
    pub at: Timestamp,
    /// Absent: published on the command line, or the agent is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by: Option<AgentRef>,
    pub note: String,
    /// Counted by line, against the version before.
    pub lines_added: u32,
    pub lines_removed: u32,
}

/// `GET …/bot/versions/{n}?against=m` (`against=draft` too; absent = the version before): the lines of `n`, with
/// what differs: `added` is in `n` only, `removed` in the other only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotComparison {
    pub version: u32,
    pub toml: String,
    /// At most 20,000.
    pub lines: Vec<BotLine>,
    /// Left out at the end.
    pub more: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotLine {
    pub change: LineChange,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineChange {
    Same,
    Added,
    Removed,
}

/// `POST …/bot/preview`: a talk with the draft, from its beginning; the server keeps nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BotPreviewAsk {
    /// The draft as it is on the screen; absent = as it is saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub toml: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub definition: Option<BotDefinition>,
    /// Local time at the shop, `YYYY-MM-DDTHH:MM`; absent = now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub at: Option<String>,
    /// Agents who are there.
    pub agents: u32,
    pub lang: String,
    /// What the visitor did, at most 200.
    pub inputs: Vec<PreviewInput>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum PreviewInput {
    Text {
        text: String,
    },
    /// Of the latest turn, counted from 0.
    Button {
        button: u32,
    },
    Form {
        answers: Vec<FieldAnswer>,
    },
    Document {},
    WaitedTooLong {},
    NobodyLeft {},
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BotPreview {
    /// The start turn first, then what each input was answered.
    pub turns: Vec<PreviewTurn>,
    pub report: BotReport,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rating: Option<RatingView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewTurn {
    /// Absent: the bot says nothing (the conversation waits, or is a person's).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub turn: Option<BotTurn>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why: Option<BotWhy>,
    /// What became of the conversation at this turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub outcome: Option<PreviewOutcome>,
    /// What is wrong with the form's answers; nothing else happened then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<FieldFault>>")]
    pub fields: Vec<FieldFault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PreviewOutcome {
    /// In the line for a person.
    Waiting,
    MessageLeft,
}

/// `GET /api/v1/bot/templates`: whole definitions to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotTemplate {
    /// `fashion`, `furniture`, `food`.
    pub id: String,
    /// `fr` or `en`.
    pub lang: String,
    pub toml: String,
}

/// `GET …/bot/not-understood`: the last 30 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NotUnderstood {
    /// Texts in all groups.
    pub texts: u32,
    /// The largest first, at most 200.
    pub groups: Vec<TextGroup>,
}

/// Texts that are alike, though typed by several visitors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextGroup {
    /// The text nearest to all others, as typed.
    pub text: String,
    pub count: u32,
    pub last_at: Timestamp,
    /// Different ones, the most frequent first, at most 20.
    pub examples: Vec<TextExample>,
    /// The FAQ that came nearest, if any did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub nearest: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextExample {
    pub text: String,
    pub count: u32,
    /// One of the conversations, to read it in.
    pub conversation: ConversationId,
    pub lang: String,
}

/// `POST …/bot/not-understood/set-aside`: these texts are dealt with and not shown again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// At most 20.
    pub texts: Vec<String>,
}

/// `GET …/bot/usage`: the last 30 days, by FAQ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FaqUsage {
    pub faq: String,
    /// Its answer was said to a text, or by a button of a step.
    pub answered: u32,
    /// Offered as one of several buttons.
    pub suggested: u32,
    /// And then clicked.
    pub clicked: u32,
    /// A person was asked for within two turns of the visitor after its answer.
    pub handed_off_after: u32,
}

/// `GET …/bot/figures?from=YYYY-MM-DD&to=YYYY-MM-DD`: whole days in the bot's time zone, at most 366.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotFigures {
    /// Every day, also those without a conversation.
    pub days: Vec<BotDay>,
    pub sum: BotDay,
}

/// Counted on the day on which a conversation began; conversations of the test page are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct BotDay {
    /// `YYYY-MM-DD`; empty in the sum.
    pub day: String,
    /// With at least one input of the visitor.
    pub conversations: u32,
    /// No person was asked for, no message left, and no agent took it.
    pub bot_alone: u32,
    pub handed_off: u32,
    pub messages_left: u32,
    pub rated: u32,
    /// Of the ratings, 1 to 5 each; divided by `rated` it is the mean.
    pub rating_sum: u32,
}

//! What admins configure.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::cobrowse::ShareSettings;
use super::session::Role;
use super::{AgentId, InvitationId, SiteId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SiteView {
    pub id: SiteId,
    pub name: String,
    /// Public: it stands in the snippet.
    pub key: String,
    pub origins: Vec<String>,
    pub lang: String,
    pub currency: String,
    /// The store's address; relative product links are completed with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub shop_url: Option<String>,
    pub accent: String,
    pub query_keep: Vec<String>,
    /// An agent without a connection for so long loses what they had in charge.
    pub agent_gone_seconds: u32,
    pub share: ShareSettings,
    /// To copy into the store.
    pub snippet: String,
    /// Lines of a Content-Security-Policy that the store must allow.
    pub csp: Vec<String>,
    pub setup: SetupList,
}

/// The set-up list, each true when done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SetupList {
    pub bot_published: bool,
    pub catalog_imported: bool,
    pub agents_added: bool,
    /// The widget's configuration was asked for from an allowed origin that is not ours.
    pub snippet_seen: bool,
    pub tested: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewSite {
    pub name: String,
    pub origins: Vec<String>,
    pub lang: String,
    pub currency: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub shop_url: Option<String>,
}

/// What changes of a site; absent = as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct SiteChange {
    #[ts(optional)]
    pub name: Option<String>,
    #[ts(optional)]
    pub origins: Option<Vec<String>>,
    #[ts(optional)]
    pub lang: Option<String>,
    #[ts(optional)]
    pub currency: Option<String>,
    #[ts(optional)]
    pub shop_url: Option<String>,
    #[ts(optional)]
    pub accent: Option<String>,
    #[ts(optional)]
    pub query_keep: Option<Vec<String>>,
    #[ts(optional)]
    pub agent_gone_seconds: Option<u32>,
    /// Whole: what is absent in it is its default.
    #[ts(optional)]
    pub share: Option<ShareSettings>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgentView {
    pub id: AgentId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub sites: Vec<SiteId>,
    pub disabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub last_seen: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct AgentChange {
    #[ts(optional)]
    pub name: Option<String>,
    #[ts(optional)]
    pub role: Option<Role>,
    #[ts(optional)]
    pub sites: Option<Vec<SiteId>>,
    #[ts(optional)]
    pub disabled: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    pub email: String,
    pub name: String,
    pub role: Role,
    pub sites: Vec<SiteId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitationView {
    pub id: InvitationId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub sites: Vec<SiteId>,
    pub expires_at: Timestamp,
    /// Shown once, when it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link: Option<String>,
}

/// A definition to check or publish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BotText {
    pub toml: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotView {
    /// 0 = none published.
    pub version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub toml: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub published_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotReport {
    pub problems: Vec<BotProblem>,
    pub steps: u32,
    pub errors: u32,
    pub warnings: u32,
    /// Set when it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub version: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BotProblem {
    /// `E03` blocks publishing, `W04` does not.
    pub code: String,
    /// From 1.
    pub line: u32,
    /// Where in [`super::definition::BotDefinition`], e.g. `/steps/2/goto`; empty = the whole of it.
    pub pointer: String,
    pub message: String,
}

/// `POST /api/v1/sites/{site}/test`: the address of the test page, valid for an hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TestPage {
    pub url: String,
}

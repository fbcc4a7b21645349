//! Signing in, presence and colleagues.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AgentId, AgentRef, SiteId};

/// What an agent says of themselves. Offline is not chosen: it is having no socket for 10 s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    Available,
    Busy,
    Away,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgentPresence {
    pub agent: AgentRef,
    pub presence: Presence,
    pub online: bool,
    /// Conversations in charge now.
    pub load: u32,
    /// On duty for these.
    pub sites: Vec<SiteId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Agent,
    /// May configure everything and add people.
    Admin,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignOut {
    /// End all of the agent's sessions, not only this one.
    pub everywhere: bool,
}

/// Who is signed in, and for which sites they may be on duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Me {
    pub id: AgentId,
    pub name: String,
    pub first_name: String,
    pub email: String,
    pub role: Role,
    pub sites: Vec<MySite>,
    /// A file may be so large; said before one is chosen.
    pub file_megabytes_max: u32,
}

/// A site as its agents may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MySite {
    pub id: SiteId,
    pub name: String,
    pub lang: String,
    pub currency: String,
    pub bot_published: bool,
    pub catalog_products: u64,
    /// Agents may ask to see a visitor's page.
    pub shares_pages: bool,
}

/// The first admin, by the one-time link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetUpAdmin {
    pub token: String,
    pub name: String,
    pub email: String,
    pub password: String,
}

/// An invited agent accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    pub token: String,
    pub name: String,
    pub password: String,
}

/// What an invitation's link shows before it is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InvitationFace {
    pub email: String,
    pub name: String,
    pub sites: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SocketPass {
    pub pass: String,
}

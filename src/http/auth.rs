//! Who asks, and whether they may: [`Signed`] and the one [`authorize`].
//!
//! What is not allowed answers like what does not exist (404), so that nobody learns
//! what there is. Routes, files and exports ask here; commands on a conversation are
//! decided by [`crate::rules::conversation`] once the session's sites let them in.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;

use super::cookie;
use super::front::Front;
use super::problem::Problem;
use crate::protocol::session::Role;
use crate::protocol::{AgentId, AgentRef, Refusal, RefusalCode, SiteId, VisitorId};
use crate::store::{Account, TokenHash};

/// The signed-in agent behind a request of the console; extracting one is signing in's proof.
#[derive(Debug, Clone)]
pub struct Signed {
    /// With the sites they serve now (all of them for an admin).
    pub account: Account,
    /// Of this browser, so that it can be ended alone.
    pub session: TokenHash,
}

impl Signed {
    #[must_use]
    pub fn id(&self) -> AgentId {
        self.account.id
    }

    #[must_use]
    pub fn agent_ref(&self) -> AgentRef {
        self.account.agent_ref()
    }

    #[must_use]
    pub fn sites(&self) -> &[SiteId] {
        &self.account.sites
    }

    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.account.role == Role::Admin
    }

    /// [`authorize`] with this agent as the actor.
    ///
    /// # Errors
    /// [`RefusalCode::NotFound`] for what is not theirs; see [`authorize`].
    pub fn may(&self, action: Action, object: Object) -> Result<Grant, Refusal> {
        authorize(&Actor::Agent { id: self.id(), role: self.account.role, sites: self.sites() }, action, object)
    }
}

impl FromRequest for Signed {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let front = Front::of(request);
        let session = front.as_ref().ok().and_then(|front| cookie::shown(request, front.is_secure(request)));
        Box::pin(async move {
            let (front, session) = (front?, session.ok_or(RefusalCode::NotSignedIn)?);
            let account = front.sessions.agent(&session, front.clock.now()).await?;
            Ok(Self { account: account.ok_or(RefusalCode::NotSignedIn)?, session })
        })
    }
}

/// Who wants something.
#[derive(Debug, Clone, Copy)]
pub enum Actor<'a> {
    Nobody,
    /// By their token; of one site.
    Visitor {
        site: SiteId,
        visitor: VisitorId,
    },
    /// By their session. Disabled agents have none.
    Agent {
        id: AgentId,
        role: Role,
        sites: &'a [SiteId],
    },
}

/// What they want to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Lists, counts, colleagues, catalog: what an agent of a site works with.
    WorkOn,
    /// Read a transcript, its details and pages.
    Read,
    /// Put a file into a conversation.
    Upload,
    /// Get a file's bytes.
    Fetch,
    /// Sites, people, bots, imports.
    Configure,
}

/// What they want to do it to; from the store, never from a request's body.
#[derive(Debug, Clone, Copy)]
pub enum Object {
    /// The server as a whole.
    Server,
    Site(SiteId),
    Conversation {
        site: SiteId,
        visitor: VisitorId,
        in_charge: Option<AgentId>,
    },
    Document {
        site: SiteId,
        /// Of the conversation that the document belongs to.
        visitor: VisitorId,
        /// The agent who uploaded it; none: the visitor did.
        by_agent: Option<AgentId>,
        shared: bool,
    },
}

/// The proof that [`authorize`] said yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant(());

/// The one decision on access over HTTP.
///
/// # Errors
/// [`RefusalCode::NotSignedIn`] for nobody; [`RefusalCode::NotInCharge`] for an agent who may see
/// the conversation but not write in it; [`RefusalCode::NotFound`] for everything else.
pub fn authorize(actor: &Actor<'_>, action: Action, object: Object) -> Result<Grant, Refusal> {
    let allowed = match *actor {
        Actor::Nobody => return Err(RefusalCode::NotSignedIn.into()),
        Actor::Visitor { site, visitor } => visitor_may(site, visitor, action, object),
        Actor::Agent { id, role, sites } => agent_may(id, role, sites, action, object)?,
    };
    if allowed { Ok(Grant(())) } else { Err(RefusalCode::NotFound.into()) }
}

fn visitor_may(own_site: SiteId, own: VisitorId, action: Action, object: Object) -> bool {
    match (action, object) {
        (Action::Read | Action::Upload, Object::Conversation { site, visitor, .. }) => {
            site == own_site && visitor == own
        }
        (Action::Fetch, Object::Document { site, visitor, by_agent, shared }) => {
            site == own_site && visitor == own && (shared || by_agent.is_none())
        }
        (Action::WorkOn | Action::Configure, _)
        | (Action::Read | Action::Upload, Object::Server | Object::Site(_) | Object::Document { .. })
        | (Action::Fetch, Object::Server | Object::Site(_) | Object::Conversation { .. }) => false,
    }
}

fn agent_may(me: AgentId, role: Role, sites: &[SiteId], action: Action, object: Object) -> Result<bool, Refusal> {
    Ok(match (action, object) {
        (Action::Configure, Object::Server) => role == Role::Admin,
        (Action::Configure, Object::Site(site)) => role == Role::Admin && sites.contains(&site),
        (Action::WorkOn, Object::Server) => true,
        (Action::WorkOn, Object::Site(site)) | (Action::Read, Object::Conversation { site, .. }) => {
            sites.contains(&site)
        }
        (Action::Upload, Object::Conversation { site, in_charge, .. }) if sites.contains(&site) => {
            if in_charge != Some(me) {
                return Err(RefusalCode::NotInCharge.into());
            }
            true
        }
        (Action::Fetch, Object::Document { site, by_agent, shared, .. }) => {
            sites.contains(&site) && (shared || by_agent == Some(me))
        }
        (Action::Upload, Object::Conversation { .. })
        | (Action::Configure | Action::WorkOn, Object::Conversation { .. } | Object::Document { .. })
        | (Action::Read | Action::Upload, Object::Server | Object::Site(_) | Object::Document { .. })
        | (Action::Fetch, Object::Server | Object::Site(_) | Object::Conversation { .. }) => false,
    })
}

//! The first admin, by a one-time link; and people after them, by invitations.
//!
//! A link holds a token of which only the hash is kept. It is looked at before a
//! password is hashed, so that guessing links costs us nothing.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use tracing::info;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::fields::{self, Faults};
use super::front::Front;
use super::origin::Origin;
use super::problem::{Problem, refusal_of};
use super::sign_in::keep_signed_in;
use super::token::{self, Token};
use crate::protocol::admin::{InvitationView, NewInvitation};
use crate::protocol::session::{AcceptInvitation, InvitationFace, Role, SetUpAdmin};
use crate::protocol::{AgentId, InvitationId, Refusal, RefusalCode, Timestamp};
use crate::store::Accounts;
use crate::store::accounts::NewAccount;
use crate::store::links::Invitation;

const SETUP_SECONDS: i64 = 3600;
/// How long an invited person may take to choose a password.
pub const INVITATION_SECONDS: i64 = 7 * 24 * 3600;

/// The link that makes the first admin; printed at every start without one.
#[derive(Debug)]
pub struct SetupLink(Token);

impl SetupLink {
    /// A new link, if there is no admin; the one before is void.
    ///
    /// # Errors
    /// What the database says.
    pub async fn renew(accounts: &Accounts, now: Timestamp) -> Result<Option<Self>, Refusal> {
        if accounts.has_admin().await.map_err(|error| refusal_of(&error))? {
            return Ok(None);
        }
        let token = Token::fresh()?;
        let until = now.plus_seconds(SETUP_SECONDS);
        accounts.put_setup_link(&token.hash, until).await.map_err(|error| refusal_of(&error))?;
        Ok(Some(Self(token)))
    }

    /// The address to open, valid for an hour and once.
    #[must_use]
    pub fn address(&self, base: &Origin) -> String {
        format!("{base}/setup?token={}", self.0.text)
    }
}

/// What [`setup`] answers.
#[derive(Debug, Serialize)]
pub struct SetupState {
    needed: bool,
}

/// `GET /api/v1/setup`
///
/// # Errors
/// What the database says.
pub async fn setup(front: web::Data<Front>) -> Result<web::Json<SetupState>, Problem> {
    Ok(web::Json(SetupState { needed: !front.accounts.has_admin().await? }))
}

/// `POST /api/v1/setup`
///
/// # Errors
/// [`RefusalCode::LinkExpired`]; [`RefusalCode::InvalidValue`]; [`RefusalCode::WeakPassword`].
pub async fn set_up(
    front: web::Data<Front>,
    request: HttpRequest,
    Sent(given): Sent<SetUpAdmin>,
) -> Result<HttpResponse, Problem> {
    front.delays.before("", front.address(&request))?;
    let hash = token::hash(&given.token);
    if !front.accounts.is_setup_link(&hash, front.clock.now()).await? {
        return Err(RefusalCode::LinkExpired.into());
    }
    let mut faults = Faults::default();
    let name = faults.take("name", fields::name(&given.name));
    let email = faults.take("email", fields::email(&given.email));
    faults.done()?;
    let password = front.passwords.hash(given.password).await?;
    let admin =
        NewAccount { id: AgentId(front.ids.fresh()), name, email, role: Role::Admin, password, sites: Vec::new() };
    if !front.accounts.set_up(&hash, &admin, front.clock.now()).await? {
        return Err(RefusalCode::LinkExpired.into());
    }
    info!(agent.id = %admin.id, "the first admin was made");
    keep_signed_in(&front, &request, admin.id).await
}

/// `GET /api/v1/invitations`
///
/// # Errors
/// [`RefusalCode::NotFound`] but for admins.
pub async fn invitations(front: web::Data<Front>, signed: Signed) -> Result<web::Json<Vec<InvitationView>>, Problem> {
    signed.may(Action::Configure, Object::Server)?;
    let open = front.accounts.invitations(front.clock.now()).await?;
    Ok(web::Json(open.into_iter().map(|invitation| view(invitation, None)).collect()))
}

/// `POST /api/v1/invitations`
///
/// # Errors
/// [`RefusalCode::NameTaken`]; [`RefusalCode::InvalidValue`].
pub async fn invite(
    front: web::Data<Front>,
    request: HttpRequest,
    signed: Signed,
    Sent(given): Sent<NewInvitation>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Server)?;
    let mut faults = Faults::default();
    let name = faults.take("name", fields::name(&given.name));
    let email = faults.take("email", fields::email(&given.email));
    faults.take("sites", fields::sites(&given.sites, &front.known));
    faults.done()?;
    let token = Token::fresh()?;
    let now = front.clock.now();
    let invitation = Invitation {
        id: InvitationId(front.ids.fresh()),
        email,
        name,
        role: given.role,
        sites: given.sites,
        expires_at: now.plus_seconds(INVITATION_SECONDS),
    };
    front.accounts.invite(&invitation, &token.hash, now).await?;
    info!(agent.id = %signed.id(), invitation.id = %invitation.id, "invited somebody");
    let link = format!("{}/invitation?token={}", front.base(&request)?, token.text);
    Ok(HttpResponse::Created().json(view(invitation, Some(link))))
}

/// `DELETE /api/v1/invitations/{id}`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn withdraw(
    front: web::Data<Front>,
    signed: Signed,
    id: web::Path<InvitationId>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Server)?;
    if front.accounts.withdraw(*id).await? {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err(RefusalCode::NotFound.into())
    }
}

/// `GET /api/v1/invitations/{token}`: what the link shows before it is accepted.
///
/// # Errors
/// [`RefusalCode::LinkExpired`].
pub async fn invitation(
    front: web::Data<Front>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<web::Json<InvitationFace>, Problem> {
    front.delays.before("", front.address(&request))?;
    let found = front.accounts.invitation(&token::hash(&token), front.clock.now()).await?;
    let invitation = found.ok_or(RefusalCode::LinkExpired)?;
    let sites = front.known.all();
    let sites = sites.iter().filter(|site| invitation.sites.contains(&site.id)).map(|site| site.name.clone());
    Ok(web::Json(InvitationFace { email: invitation.email, name: invitation.name, sites: sites.collect() }))
}

/// `POST /api/v1/invitations/accept`
///
/// # Errors
/// [`RefusalCode::LinkExpired`]; [`RefusalCode::InvalidValue`]; [`RefusalCode::WeakPassword`].
pub async fn accept(
    front: web::Data<Front>,
    request: HttpRequest,
    Sent(given): Sent<AcceptInvitation>,
) -> Result<HttpResponse, Problem> {
    front.delays.before("", front.address(&request))?;
    let hash = token::hash(&given.token);
    if front.accounts.invitation(&hash, front.clock.now()).await?.is_none() {
        return Err(RefusalCode::LinkExpired.into());
    }
    let mut faults = Faults::default();
    let name = faults.take("name", fields::name(&given.name));
    faults.done()?;
    let password = front.passwords.hash(given.password).await?;
    let id = AgentId(front.ids.fresh());
    let accepted = front.accounts.accept(&hash, id, &name, password, front.clock.now()).await?;
    let agent = accepted.ok_or(RefusalCode::LinkExpired)?;
    info!(agent.id = %agent, "accepted an invitation");
    keep_signed_in(&front, &request, agent).await
}

fn view(invitation: Invitation, link: Option<String>) -> InvitationView {
    InvitationView {
        id: invitation.id,
        email: invitation.email,
        name: invitation.name,
        role: invitation.role,
        sites: invitation.sites,
        expires_at: invitation.expires_at,
        link,
    }
}

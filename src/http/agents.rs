//! Agents as admins see and change them.

use actix_web::web;
use tracing::info;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::fields::{self, Faults};
use super::front::Front;
use super::problem::Problem;
use crate::actors::Desk;
use crate::protocol::admin::{AgentChange, AgentView};
use crate::protocol::frame::ClosingReason;
use crate::protocol::{AgentId, Refusal, RefusalCode};
use crate::store::Account;

/// `GET /api/v1/agents`
///
/// # Errors
/// [`RefusalCode::NotFound`] but for admins.
pub async fn agents(front: web::Data<Front>, signed: Signed) -> Result<web::Json<Vec<AgentView>>, Problem> {
    signed.may(Action::Configure, Object::Server)?;
    Ok(web::Json(front.accounts.all().await?.into_iter().map(view).collect()))
}

/// `PATCH /api/v1/agents/{id}`
///
/// A disabled agent's sessions and sockets end at once; a changed one's follow the change.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::InvalidValue`]; [`RefusalCode::NotAllowed`] when no
/// admin would be left.
pub async fn change(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    signed: Signed,
    id: web::Path<AgentId>,
    Sent(change): Sent<AgentChange>,
) -> Result<web::Json<AgentView>, Problem> {
    signed.may(Action::Configure, Object::Server)?;
    let mut account = front.accounts.by_id(*id).await?.ok_or(RefusalCode::NotFound)?;
    let mut faults = Faults::default();
    if let Some(name) = &change.name {
        account.name = faults.take("name", fields::name(name));
    }
    if let Some(sites) = change.sites {
        faults.take("sites", fields::sites(&sites, &front.known));
        account.sites = sites;
    }
    faults.done()?;
    account.role = change.role.unwrap_or(account.role);
    account.disabled = change.disabled.unwrap_or(account.disabled);
    if !front.accounts.save(&account).await? {
        return Err(Refusal::new(RefusalCode::NotAllowed)
            .saying("That would leave the server without an admin.")
            .into());
    }
    info!(agent.id = %account.id, by.id = %signed.id(), role = ?account.role, disabled = account.disabled, "changed an agent");
    if account.disabled {
        front.passes.void(account.id);
        desk.end_agent(account.id, ClosingReason::SignedOut);
    } else {
        desk.agent_changed(account.id);
    }
    Ok(web::Json(view(account)))
}

fn view(account: Account) -> AgentView {
    AgentView {
        id: account.id,
        name: account.name,
        email: account.email,
        role: account.role,
        sites: account.sites,
        disabled: account.disabled,
        last_seen: account.last_seen,
    }
}

//! Who else serves the caller's sites, and how they are: for transfers.

use std::collections::HashMap;

use actix_web::web;

use super::auth::{Action, Object, Signed};
use super::front::Front;
use super::problem::Problem;
use crate::actors::Desk;
use crate::protocol::AgentId;
use crate::protocol::session::{AgentPresence, Presence};

/// `GET /api/v1/colleagues`: everybody who serves one of the caller's sites, the caller too,
/// by first name. Who has no socket is offline.
///
/// # Errors
/// [`crate::protocol::RefusalCode::NotSignedIn`].
pub async fn colleagues(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    signed: Signed,
) -> Result<web::Json<Vec<AgentPresence>>, Problem> {
    signed.may(Action::WorkOn, Object::Server)?;
    let mut known: HashMap<AgentId, AgentPresence> = HashMap::new();
    for site in signed.sites() {
        for account in front.accounts.of_site(*site).await? {
            let offline = AgentPresence {
                agent: account.agent_ref(),
                presence: Presence::Away,
                online: false,
                load: 0,
                sites: Vec::new(),
            };
            known.entry(account.id).or_insert(offline);
        }
    }
    // Those of the board who no longer serve a site of the caller's stay out.
    for mut now in desk.presences(signed.sites()) {
        if let Some(entry) = known.get_mut(&now.agent.id) {
            now.sites.retain(|site| signed.sites().contains(site));
            *entry = now;
        }
    }
    let mut all: Vec<_> = known.into_values().collect();
    all.sort_by(|a, b| a.agent.first_name.cmp(&b.agent.first_name).then(a.agent.id.cmp(&b.agent.id)));
    Ok(web::Json(all))
}

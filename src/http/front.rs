//! What the handlers share: the stores, the clock, and what they know of the outside.
//!
//! One [`Front`] a process, handed to every worker as `web::Data<Front>` by
//! [`crate::app`]. It decides nothing.

use std::sync::Arc;

use actix_web::{HttpRequest, web};

use super::origin::Origin;
use super::passes::Passes;
use super::passwords::Passwords;
use super::problem::Problem;
use crate::actors::ports::{Clock, Ids};
use crate::protocol::RefusalCode;
use crate::store::{Accounts, Database, Sessions, Sites, StoreError};

/// What of the configuration concerns the HTTP surface.
#[derive(Debug, Clone)]
pub struct FrontSettings {
    /// Where people reach us; needed beyond loopback. Without it the request's own
    /// loopback host is taken.
    pub public_url: Option<Origin>,
}

/// The handlers' shared state.
pub struct Front {
    pub settings: FrontSettings,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub accounts: Accounts,
    pub sessions: Sessions,
    pub sites: Sites,
    pub passwords: Passwords,
    pub passes: Passes,
}

impl Front {
    /// # Errors
    /// What the database says.
    pub fn open(
        settings: FrontSettings,
        database: &Database,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            settings,
            clock,
            ids,
            accounts: Accounts::new(database.clone()),
            sessions: Sessions::new(database.clone()),
            sites: Sites::new(database.clone()),
            passwords: Passwords::default(),
            passes: Passes::default(),
        })
    }

    /// The shared state behind a request.
    ///
    /// # Errors
    /// A fault, when the application was built without it.
    pub fn of(request: &HttpRequest) -> Result<Arc<Self>, Problem> {
        let front = request.app_data::<web::Data<Self>>().ok_or(RefusalCode::Fault)?;
        Ok(front.clone().into_inner())
    }

    /// The origin under which this request reached us; none when it named a host that is not ours.
    #[must_use]
    pub fn own_origin(&self, request: &HttpRequest) -> Option<Origin> {
        self.settings.public_url.clone().or_else(|| Origin::of_loopback_host(request))
    }

    /// People reach us over TLS.
    #[must_use]
    pub fn is_secure(&self, request: &HttpRequest) -> bool {
        self.own_origin(request).is_some_and(|origin| origin.is_secure())
    }
}

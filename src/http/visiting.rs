//! The visitor behind a request of the widget: a bearer token, from a page that may show it.

use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;

use super::auth::{Action, Actor, Grant, Object, authorize};
use super::front::Front;
use super::guard::is_from_us;
use super::known_sites::lists;
use super::origin::Origin;
use super::problem::Problem;
use super::token;
use crate::protocol::{Refusal, RefusalCode, VisitorId};
use crate::store::{Site, TokenHash};

/// A visitor who has written: earlier ones have no row and nothing to ask for here.
#[derive(Debug, Clone)]
pub struct Visiting {
    pub site: Arc<Site>,
    pub visitor: VisitorId,
}

impl Visiting {
    /// [`authorize`] with this visitor as the actor.
    ///
    /// # Errors
    /// [`RefusalCode::NotFound`] for what is not theirs.
    pub fn may(&self, action: Action, object: Object) -> Result<Grant, Refusal> {
        authorize(&Actor::Visitor { site: self.site.id, visitor: self.visitor }, action, object)
    }
}

impl FromRequest for Visiting {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let front = Front::of(&request)?;
            let token = bearer(&request).ok_or(RefusalCode::NotSignedIn)?;
            let (site, visitor) = front.visitors.bearer(&token).await?.ok_or(RefusalCode::NotSignedIn)?;
            let site = front.known.by_id(site).ok_or(RefusalCode::NotSignedIn)?;
            // From our own page: the test page.
            let is_listed = Origin::of_request(&request).is_some_and(|origin| lists(&site, &origin));
            if !is_listed && !is_from_us(&front, &request) {
                return Err(RefusalCode::OriginRefused.into());
            }
            Ok(Self { site, visitor })
        })
    }
}

fn bearer(request: &HttpRequest) -> Option<TokenHash> {
    let given = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    Some(token::hash(given.strip_prefix("Bearer ")?))
}

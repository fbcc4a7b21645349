//! What stands before every console route: the request must come from our own pages.
//!
//! Another site can make a signed-in browser send requests; it cannot choose their
//! `Origin`, their `Sec-Fetch-Site`, or a JSON content type without asking first.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::HeaderName;
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, ResponseError};

use super::body::is_json;
use super::front::Front;
use super::origin::Origin;
use super::problem::Problem;
use super::updates::bearer;
use crate::protocol::{Refusal, RefusalCode};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// Marks an upload: a header that no form can set.
const UPLOAD: HeaderName = HeaderName::from_static("x-comptoir-upload");

/// What may be asked with a key: [`super::updates`].
const BY_KEY: &str = "/catalog/products";

/// The middleware of the scope `/api/v1`.
///
/// # Errors
/// None of its own.
pub async fn same_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match check(request.request()) {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(problem) => Ok(request.into_response(problem.error_response())),
    }
}

fn check(request: &HttpRequest) -> Result<(), Problem> {
    let front = Front::of(request)?;
    let Some(own) = front.own_origin(request) else {
        return Err(strange_host().into());
    };
    let site = request.headers().get(SEC_FETCH_SITE).and_then(|site| site.to_str().ok());
    // A key in place of a cookie: no browser adds it by itself, so there is nothing to forge.
    if bearer(request).is_some() && request.path().ends_with(BY_KEY) {
        return if is_json(request) { Ok(()) } else { Err(RefusalCode::WrongMediaType.into()) };
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    match site {
        // Absent on plain HTTP beyond loopback, and from programs.
        None | Some("same-origin") => {}
        // An address typed by the user: reads only.
        Some("none") if is_read => {}
        Some(_) => return Err(refused(&own)),
    }
    if is_read {
        return Ok(());
    }
    if Origin::of_request(request).as_ref() != Some(&own) {
        return Err(refused(&own));
    }
    if !is_json(request) && !is_upload(request) {
        return Err(RefusalCode::WrongMediaType.into());
    }
    Ok(())
}

/// Without a `public_url`, only the names of this machine are ours.
pub(super) fn strange_host() -> Refusal {
    let mut refusal = Refusal::new(RefusalCode::OriginRefused);
    refusal.message = "This server does not answer under that host name.".to_owned();
    refusal.hint = "Set `server.public_url` to the address that browsers use.".to_owned();
    refusal
}

fn refused(own: &Origin) -> Problem {
    let mut refusal = Refusal::new(RefusalCode::OriginRefused);
    refusal.message = format!("Only pages of {own} may ask this.");
    refusal.hint = format!("Open the console at {own}; a program sends the header `origin: {own}`.");
    refusal.into()
}

/// The request comes from a page of ours: the browser says so, or names our origin.
#[must_use]
pub fn is_from_us(front: &Front, request: &HttpRequest) -> bool {
    let Some(own) = front.own_origin(request) else { return false };
    match Origin::of_request(request) {
        Some(origin) => origin == own,
        // A read of one's own origin names none.
        None => request.headers().get(SEC_FETCH_SITE).is_some_and(|site| site.as_bytes() == b"same-origin"),
    }
}

/// The request carries a file.
#[must_use]
pub fn is_upload(request: &HttpRequest) -> bool {
    request.headers().get(UPLOAD).is_some_and(|value| value.as_bytes() == b"1")
}

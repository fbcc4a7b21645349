//! What every answer carries, errors too: the security headers, the request's id, one log line.
//!
//! A handler that set one of these headers keeps its own. The console's and the test
//! page's policies are theirs; what is not a document gets the tightest.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    self, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;
use uuid::Uuid;

use super::front::Front;
use super::problem::{REQUEST_ID, of_status, render};

pub const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// For everything that is not a document of ours.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// The outermost middleware.
///
/// # Errors
/// Those of the middlewares inside, of which ours have none: they answer.
pub async fn dress(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let begun = Instant::now();
    let id = Uuid::new_v4().simple().to_string();
    let secure = Front::of(request.request()).is_ok_and(|front| front.is_secure(request.request()));
    let response = REQUEST_ID.scope(id.clone(), async { next.call(request).await.map(in_our_words) }).await?;
    let (request, mut response) = response.into_parts();
    let headers = response.headers_mut();
    secure_headers(headers, secure);
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(X_REQUEST_ID, id);
    }
    let route = request.match_pattern().unwrap_or_default();
    if !matches!(route.as_str(), "/healthz" | "/readyz") {
        let (status, duration_ms) = (response.status().as_u16(), begun.elapsed().as_secs_f64() * 1000.0);
        tracing::info!(request_id = %id, method = %request.method(), route, status, duration_ms, "answered");
    }
    Ok(ServiceResponse::new(request, response))
}

/// Errors that actix made (no such route, another method) get our form.
fn in_our_words<B: MessageBody + 'static>(response: ServiceResponse<B>) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    let is_actix_own = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !is_actix_own || !(status.is_client_error() || status.is_server_error()) {
        return response.map_into_boxed_body();
    }
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut ours = render(&of_status(status), status);
    if let Some(allow) = allow {
        ours.headers_mut().insert(header::ALLOW, allow);
    }
    response.into_response(ours)
}

fn secure_headers(headers: &mut HeaderMap, secure: bool) {
    let is_document = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let mut unless_set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    unless_set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: with it browsers send `Origin: null` in some writes of our own pages.
    unless_set(REFERRER_POLICY, "same-origin");
    unless_set(CONTENT_SECURITY_POLICY, NOTHING);
    unless_set(CROSS_ORIGIN_RESOURCE_POLICY, "same-origin");
    unless_set(CACHE_CONTROL, "no-store");
    if is_document {
        unless_set(CROSS_ORIGIN_OPENER_POLICY, "same-origin");
    }
    if secure {
        unless_set(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

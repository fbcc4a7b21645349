//! The console's session cookie: its name, its flags, reading and writing it.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use super::token;
use crate::store::TokenHash;
use crate::store::sessions::AGE_SECONDS_MAX;

/// On plain-HTTP loopback, where `Secure` would make some browsers drop it.
const PLAIN: &str = "comptoir";
/// Bound to this host and to TLS by the browser itself.
const SECURE: &str = "__Host-comptoir";

/// The hash of the session token that the request shows, if it shows one.
///
/// Under TLS the plain name is not read: a neighbouring host could have set it.
#[must_use]
pub fn shown(request: &HttpRequest, secure: bool) -> Option<TokenHash> {
    let cookie = request.cookie(name(secure))?;
    Some(token::hash(cookie.value()))
}

fn name(secure: bool) -> &'static str {
    if secure { SECURE } else { PLAIN }
}

/// The cookie that keeps a browser signed in.
#[must_use]
pub fn keeping(token: String, secure: bool) -> Cookie<'static> {
    Cookie::build(name(secure), token)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(secure)
        .max_age(Duration::seconds(AGE_SECONDS_MAX))
        .finish()
}

/// The cookie that makes a browser forget.
#[must_use]
pub fn removing(secure: bool) -> Cookie<'static> {
    let mut cookie = keeping(String::new(), secure);
    cookie.make_removal();
    cookie
}

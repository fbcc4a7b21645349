//! Routes, sockets, authorisation, and the one place where a fault becomes a response.
//!
//! | method, path | handler | who |
//! |-|-|-|
//! | GET `/healthz`, `/readyz` | [`health`] | anyone |
//!
//! `docs/http.md` says what goes in and out.

pub mod auth;
pub mod cookie;
pub mod front;
pub mod health;
pub mod origin;
pub mod passes;
pub mod passwords;
pub mod problem;
pub mod token;

use actix_web::web::{ServiceConfig, get};

/// Everything that this server answers.
pub fn routes(routes: &mut ServiceConfig) {
    routes.route("/healthz", get().to(health::alive)).route("/readyz", get().to(health::ready));
}

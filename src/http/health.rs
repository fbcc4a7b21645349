//! `/healthz`: the process answers. `/readyz`: it can serve. Neither logs nor is limited.

use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::store::Database;

/// What readiness rests on; shared by all workers.
#[derive(Debug)]
pub struct Health {
    database: Database,
    draining: AtomicBool,
}

#[derive(Serialize)]
struct Readiness {
    ready: bool,
    checks: Checks,
}

/// A started server has its migrations behind it, so they are not asked again.
#[derive(Serialize)]
struct Checks {
    database: &'static str,
    draining: bool,
}

impl Health {
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database, draining: AtomicBool::new(false) }
    }

    /// From now on not ready: a stop has begun.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }

    #[must_use]
    pub fn draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }
}

pub(super) async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

pub(super) async fn ready(health: web::Data<Health>) -> HttpResponse {
    let database = health.database.answers().await;
    let draining = health.draining();
    let ready = database && !draining;
    let body = Readiness { ready, checks: Checks { database: if database { "ok" } else { "down" }, draining } };
    let mut response = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.json(body)
}

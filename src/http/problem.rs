//! The one place where a fault becomes a response: `application/problem+json` with
//! our code, sentence, hint and the request's id.
//!
//! Faults of ours are logged here, once; the stranger reads a general sentence.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use crate::protocol::{Refusal, RefusalCode};
use crate::store::StoreError;

pub const PROBLEM_JSON: &str = "application/problem+json";

/// After a refusal without a time of its own, in seconds.
const RETRY_SECONDS: u32 = 2;

tokio::task_local! {
    /// The id of the request being answered; set by [`super::headers::dress`].
    pub static REQUEST_ID: String;
}

/// A refusal on its way out. Handlers return `Result<_, Problem>` and use `?`.
#[derive(Debug, Clone)]
pub struct Problem(pub Refusal);

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self(refusal)
    }
}

impl From<RefusalCode> for Problem {
    fn from(code: RefusalCode) -> Self {
        Self(code.into())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self(refusal_of(&error))
    }
}

/// A store's error as strangers may know it.
#[must_use]
pub fn refusal_of(error: &StoreError) -> Refusal {
    match error {
        StoreError::Conflict { .. } | StoreError::Busy => Refusal::new(RefusalCode::TryLater).retry_in(500),
        StoreError::IdReused => RefusalCode::IdReused.into(),
        StoreError::Taken(what) => Refusal::new(RefusalCode::NameTaken).saying(format!("“{what}” is already in use.")),
        StoreError::DiskFull => {
            tracing::error!("the disk is full; writes are refused until there is space");
            RefusalCode::DiskFull.into()
        }
        StoreError::Newer { .. } | StoreError::Database(_) | StoreError::Migration(_) | StoreError::Corrupt(_) => {
            tracing::error!(%error, "the store failed");
            RefusalCode::Fault.into()
        }
    }
}

#[derive(Serialize)]
struct Face<'a, M> {
    r#type: String,
    title: &'static str,
    status: u16,
    #[serde(flatten)]
    refusal: &'a Refusal,
    request_id: String,
    #[serde(flatten)]
    more: M,
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.code.face().0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        render(&self.0, self.status_code())
    }
}

/// A refusal under another status than its own (405 and the like, which have no code of ours).
#[must_use]
pub fn render(refusal: &Refusal, status: StatusCode) -> HttpResponse {
    with(refusal, status, &None::<()>)
}

/// A refusal with further members, such as everything that is wrong with a definition.
#[must_use]
pub fn with(refusal: &Refusal, status: StatusCode, more: &impl Serialize) -> HttpResponse {
    let (_, title, _) = refusal.code.face();
    let code = serde_json::to_value(refusal.code).unwrap_or_default();
    let face = Face {
        r#type: format!("urn:comptoir:problem:{}", code.as_str().unwrap_or("fault")),
        title,
        status: status.as_u16(),
        refusal,
        request_id: REQUEST_ID.try_with(Clone::clone).unwrap_or_default(),
        more,
    };
    let mut response = HttpResponse::build(status);
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        let seconds = refusal.retry_ms.map_or(RETRY_SECONDS, |millis| millis.div_ceil(1000));
        response.insert_header((RETRY_AFTER, seconds));
    }
    response.insert_header((CONTENT_TYPE, PROBLEM_JSON));
    response.body(serde_json::to_vec(&face).unwrap_or_default())
}

/// What cannot be read, with the reader's own words for where.
#[must_use]
pub fn malformed(why: &dyn std::fmt::Display) -> Problem {
    Problem(Refusal::new(RefusalCode::Malformed).saying(format!("The request does not fit: {why}.")))
}

/// What actix refuses by itself, in our words.
#[must_use]
pub fn of_status(status: StatusCode) -> Refusal {
    match status {
        StatusCode::NOT_FOUND => RefusalCode::NotFound.into(),
        StatusCode::METHOD_NOT_ALLOWED => {
            Refusal::new(RefusalCode::Malformed).saying("This address does not take that method.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => RefusalCode::WrongMediaType.into(),
        StatusCode::PAYLOAD_TOO_LARGE => {
            Refusal::new(RefusalCode::Malformed).saying("The request is larger than this address takes.")
        }
        status if status.is_server_error() => RefusalCode::Fault.into(),
        _ => RefusalCode::Malformed.into(),
    }
}

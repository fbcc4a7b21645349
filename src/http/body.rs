//! The one way JSON comes in: bounded in size, depth and time, unknown fields named.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::protocol::{Refusal, RefusalCode};

/// A body of JSON, in bytes: a bot's definition (512 KiB) written as a JSON string.
pub const JSON_BYTES_MAX: usize = 1024 * 1024;
/// `{` and `[` inside one another.
pub const JSON_DEPTH_MAX: usize = 32;
/// From the first to the last byte of a body.
const BODY_SECONDS_MAX: Duration = Duration::from_secs(15);

/// A request's JSON, read whole.
#[derive(Debug)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Sent<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(request);
        let payload = payload.take();
        Box::pin(async move {
            if !is_json {
                return Err(RefusalCode::WrongMediaType.into());
            }
            let bytes = tokio::time::timeout(BODY_SECONDS_MAX, whole(payload))
                .await
                .map_err(|_| malformed("The body took longer than 15 seconds."))??;
            Ok(Self(parse(&bytes)?))
        })
    }
}

/// The content type is JSON: no form of another site can send that without asking first.
#[must_use]
pub fn is_json(request: &HttpRequest) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

async fn whole(mut payload: Payload) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| malformed("The body ended early."))?;
        if bytes.len() + chunk.len() > JSON_BYTES_MAX {
            return Err(malformed("The body is larger than 1 MiB."));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads one JSON value of bounded depth.
///
/// # Errors
/// [`RefusalCode::Malformed`], saying where and naming unknown fields.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    if depth(bytes) > JSON_DEPTH_MAX {
        return Err(malformed("The JSON is nested deeper than 32 levels."));
    }
    // serde's own words name the field and the place, and quote nothing but names.
    serde_json::from_slice(bytes).map_err(|error| malformed(format!("The JSON does not fit: {error}.")))
}

fn malformed(why: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::Malformed).saying(why)
}

/// The deepest nesting, by its brackets outside of strings.
fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::session::SignOut;

    #[test]
    fn an_unknown_field_is_refused_by_its_name() {
        let refusal = parse::<SignOut>(br#"{"everywhere":true,"role":"admin"}"#).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::Malformed);
        assert!(refusal.message.contains("`role`"), "{}", refusal.message);
    }

    #[test]
    fn depth_counts_brackets_but_not_those_in_texts() {
        assert_eq!(depth(br#"{"a":[{"b":"[[[\"[["}]}"#), 3);
        let deep = format!("{}{}", "[".repeat(33), "]".repeat(33));
        let refusal = parse::<serde_json::Value>(deep.as_bytes()).unwrap_err();
        assert!(refusal.message.contains("32 levels"), "{}", refusal.message);
        let allowed = format!("{}{}", "[".repeat(32), "]".repeat(32));
        assert!(parse::<serde_json::Value>(allowed.as_bytes()).is_ok());
    }
}

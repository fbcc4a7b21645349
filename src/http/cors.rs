//! What the widget's data routes say to the pages of stores: listed origins only, never with
//! credentials. Which site an origin belongs to is for the handler to ask.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HeaderMap, HeaderValue, VARY,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError};

use super::front::Front;
use super::origin::Origin;
use super::problem::Problem;
use crate::protocol::RefusalCode;

const METHODS: &str = "GET, POST";
const HEADERS: &str = "authorization, content-type, x-comptoir-name, x-comptoir-upload";
/// So long a browser need not ask again, in seconds.
const REMEMBER_SECONDS: u32 = 600;

/// The middleware of the scope `/w/v1`.
///
/// # Errors
/// None of its own.
pub async fn listed_origins(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let origin = Origin::of_request(request.request());
    let listed = origin.filter(|origin| Front::of(request.request()).is_ok_and(|front| front.known.any_lists(origin)));
    let mut response = if request.method() == Method::OPTIONS {
        let answer = match &listed {
            Some(_) => preflight(),
            None => Problem::from(RefusalCode::OriginRefused).error_response(),
        };
        request.into_response(answer)
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = listed {
        allow(headers, &origin);
    }
    Ok(response)
}

fn allow(headers: &mut HeaderMap, origin: &Origin) {
    if let Ok(origin) = HeaderValue::from_str(&origin.to_string()) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    }
}

fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, METHODS))
        .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, HEADERS))
        .insert_header((ACCESS_CONTROL_MAX_AGE, REMEMBER_SECONDS))
        .finish()
}

//! From an outcome to a response.

use super::{Correlation, ServerConfig};
use crate::rt::error::{ApiError, InnerError, ODataError};
use crate::rt::{DateTimeOffset, Message, Operation};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Answers 404 in Graph's form for paths that no router knows. Add it once, after all routers are
/// merged and nested.
pub fn with_fallback(router: Router, config: ServerConfig) -> Router {
    let config = Arc::new(config);
    router.fallback(move |request: Request| {
        let config = config.clone();
        async move { not_found(&request, &config) }
    })
}

pub(super) fn not_found(request: &Request, config: &ServerConfig) -> Response {
    let (method, path) = (request.method(), request.uri().path());
    let message = format!("No resource was found at {method} {path}.");
    let error = ApiError::new(StatusCode::NOT_FOUND, "UnknownError", message);
    let correlation = Correlation::of(request.headers());
    finish(Err(error), None, &correlation, config)
}

pub(super) fn method_not_allowed(
    request: &Request,
    allow: &HeaderValue,
    config: &ServerConfig,
) -> Response {
    let message = format!("{} is not allowed here.", request.method());
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let error = ApiError::new(status, "MethodNotAllowed", message).header(ALLOW, allow.clone());
    let correlation = Correlation::of(request.headers());
    finish(Err(error), None, &correlation, config)
}

/// The response of a message.
pub(super) fn response_of(message: Message) -> Response {
    let mut response = Response::new(message.content.into_body());
    *response.status_mut() = message.status;
    *response.headers_mut() = message.headers;
    response
}

/// Turns an error into its response, and adds what every response has.
pub(super) fn finish(
    outcome: Result<Response, ApiError>,
    operation: Option<&'static Operation>,
    correlation: &Correlation,
    config: &ServerConfig,
) -> Response {
    let mut response = match outcome {
        Ok(response) => response,
        Err(mut error) => {
            if let Some(on_error) = &config.on_error {
                on_error(operation, &mut error);
            }
            error_response(error, correlation)
        }
    };
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&correlation.request_id) {
        headers.insert("request-id", value);
    }
    let client_request_id = correlation.client_request_id.as_deref();
    if let Some(Ok(value)) = client_request_id.map(HeaderValue::from_str) {
        headers.insert("client-request-id", value);
    }
    response
}

fn error_response(error: ApiError, correlation: &Correlation) -> Response {
    let mut parts = error.into_parts();
    let request_id = correlation.request_id.clone();
    let client_request_id = correlation.client_request_id.clone();
    parts.body.inner_error = Some(Box::new(InnerError {
        date: Some(now()),
        client_request_id: Some(client_request_id.unwrap_or_else(|| request_id.clone())),
        request_id: Some(request_id),
        ..InnerError::default()
    }));
    let body = serde_json::to_vec(&ODataError { error: parts.body });
    // The body has string keys only, so writing it cannot fail.
    let mut response = Response::new(Body::from(body.unwrap_or_default()));
    *response.status_mut() = parts.status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response.headers_mut().extend(parts.headers);
    response
}

/// Graph writes the date of an error without an offset.
fn now() -> String {
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = time.map_or(0, |time| time.as_secs());
    let mut text = DateTimeOffset::from_unix(seconds as i64).to_string();
    text.pop();
    text
}

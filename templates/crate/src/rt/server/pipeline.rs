//! What happens around each call, in this order: token, query, typed request, handler.

use super::routing::Handler;
use super::{Context, Incoming, ServerConfig, auth, reply};
use crate::rt::error::ApiError;
use crate::rt::odata::ODataQuery;
use axum::extract::Request;
use axum::response::Response;
use futures_util::FutureExt;
use http::StatusCode;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

/// Path parameters as the route found them.
pub(super) type Parameters = Vec<Result<String, String>>;

/// Answers one call, whatever happens.
pub(super) async fn handle(
    handler: Handler,
    parameters: Parameters,
    config: Arc<ServerConfig>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let query = parts.uri.query().unwrap_or("").to_owned();
    let operation = handler.operation;
    let context = Context::with_headers(operation, parts.headers);
    let correlation = context.correlation.clone();
    let incoming = Incoming {
        route: handler.route,
        parameters,
        body,
        config: config.clone(),
    };
    let call = run(handler, context, query, incoming);
    let within_time = tokio::time::timeout(config.timeout, call);
    let outcome = match AssertUnwindSafe(within_time).catch_unwind().await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(timed_out()),
        Err(panic) => Err(panicked(&*panic)),
    };
    reply::finish(outcome, Some(operation), &correlation, &config)
}

async fn run(
    handler: Handler,
    mut context: Context,
    query: String,
    incoming: Incoming,
) -> Result<Response, ApiError> {
    // First who, before anything that could tell a stranger about the service.
    auth::check(&*incoming.config.authenticator, &mut context).await?;
    context.query = ODataQuery::parse(&query).map_err(|error| {
        let message = error.to_string();
        ApiError::bad_request(message).target(error.option)
    })?;
    (handler.call)(context, incoming).await
}

fn timed_out() -> ApiError {
    ApiError::new(
        StatusCode::GATEWAY_TIMEOUT,
        "GatewayTimeout",
        "The service did not complete the request in time.",
    )
}

fn panicked(panic: &(dyn Any + Send)) -> ApiError {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    ApiError::internal(format!("panicked: {}", text.unwrap_or("no message")))
}

//! Who may call.

use super::{BoxFuture, Context};
use crate::rt::error::ApiError;
use crate::rt::{Operation, Permissions};
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::any::Any;
use std::sync::Arc;

/// Who called, as the [`Authenticator`] saw it.
pub type Principal = Arc<dyn Any + Send + Sync>;

/// Why a caller is turned away.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuthError {
    /// 401: the token is not valid. Carries the reason, for people.
    InvalidToken(String),
    /// 403: the token is valid but lacks a permission.
    InsufficientScope,
}

/// Checks the bearer token of each call, before anything else of the request is looked at.
pub trait Authenticator: Send + Sync {
    /// Checks one call. The operation's `permissions` say what its page asks for.
    fn authenticate<'a>(
        &'a self,
        operation: &'static Operation,
        token: &'a str,
        headers: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Principal, AuthError>>;
}

/// Takes any well-formed token: for tests, and for services behind a gateway that has checked it.
pub struct AnyToken;

impl Authenticator for AnyToken {
    fn authenticate<'a>(
        &'a self,
        _: &'static Operation,
        _: &'a str,
        _: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<Principal, AuthError>> {
        Box::pin(async { Ok(Arc::new(()) as Principal) })
    }
}

/// Notes the caller in the context, or turns them away.
pub(super) async fn check(
    authenticator: &dyn Authenticator,
    context: &mut Context,
) -> Result<(), ApiError> {
    let operation = context.operation;
    if !operation.auth_required {
        return Ok(());
    }
    let token = bearer_token(&context.headers)?;
    let outcome = authenticator.authenticate(operation, token, &context.headers);
    match outcome.await {
        Ok(principal) => {
            context.principal = Some(principal);
            Ok(())
        }
        Err(AuthError::InvalidToken(reason)) => {
            Err(unauthorized(&reason, "Bearer error=\"invalid_token\""))
        }
        Err(AuthError::InsufficientScope) => Err(forbidden(operation)),
    }
}

fn bearer_token(headers: &HeaderMap) -> Result<&str, ApiError> {
    let invalid = |message| unauthorized(message, "Bearer error=\"invalid_request\"");
    let mut given = headers.get_all(AUTHORIZATION).iter();
    match (given.next(), given.next()) {
        (None, _) => Err(unauthorized("Access token is empty.", "Bearer")),
        (Some(_), Some(_)) => Err(invalid("The Authorization header was sent more than once.")),
        (Some(header), None) => header.to_str().ok().and_then(token_of).ok_or_else(|| {
            invalid("The Authorization header is not of the form \"Bearer {token}\".")
        }),
    }
}

fn token_of(header: &str) -> Option<&str> {
    let (scheme, rest) = header.split_once(' ')?;
    let token = rest.trim_start_matches(' ');
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let well_formed =
        scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.bytes().all(allowed);
    well_formed.then_some(token)
}

fn unauthorized(message: &str, challenge: &'static str) -> ApiError {
    ApiError::new(
        StatusCode::UNAUTHORIZED,
        "InvalidAuthenticationToken",
        message,
    )
    .header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
}

/// Tells the caller the least privileged permissions that would do.
fn forbidden(operation: &Operation) -> ApiError {
    let mut scopes: Vec<&str> = Vec::new();
    for row in operation.permissions {
        if let Permissions::AnyOf([least, ..]) = row.permissions {
            if !scopes.contains(least) {
                scopes.push(least);
            }
        }
    }
    let challenge = format!(
        "Bearer error=\"insufficient_scope\", scope=\"{}\"",
        scopes.join(" ")
    );
    let challenge = HeaderValue::from_str(&challenge);
    ApiError::new(
        StatusCode::FORBIDDEN,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation.",
    )
    .header(
        WWW_AUTHENTICATE,
        challenge.unwrap_or(HeaderValue::from_static("Bearer")),
    )
}

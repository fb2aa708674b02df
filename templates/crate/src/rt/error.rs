//! The error body that Graph sends, and the error that a handler returns.

use super::Operation;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};

/// The whole error body: `{"error": {...}}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ODataError {
    /// The error.
    pub error: MainError,
}

/// The error itself.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, rename_all = "camelCase")]
#[non_exhaustive]
pub struct MainError {
    /// Stable code, such as `BadRequest`.
    pub code: Cow<'static, str>,
    /// What went wrong, for people.
    pub message: String,
    /// What the error is about, such as `$.tenantId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// More errors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<ErrorDetail>,
    /// Correlation identifiers.
    #[serde(alias = "innererror", skip_serializing_if = "Option::is_none")]
    pub inner_error: Option<Box<InnerError>>,
}

/// One more error.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct ErrorDetail {
    /// Stable code.
    pub code: String,
    /// What went wrong, for people.
    pub message: String,
    /// What the error is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

/// When an error happened, and in which request.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct InnerError {
    /// When, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The service's identifier of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The caller's identifier of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_request_id: Option<String>,
    /// Anything else; Graph nests further errors here.
    #[serde(flatten)]
    pub other: serde_json::Map<String, serde_json::Value>,
}

/// What caused an error.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What a handler returns when it fails. Implement `From<YourError> for ApiError` and use `?`.
///
/// One pointer wide, so that a `Result` with it stays small; its parts are reached through
/// `Deref`.
#[derive(Debug)]
pub struct ApiError(Box<ErrorParts>);

/// The parts of an [`ApiError`].
#[derive(Debug)]
#[non_exhaustive]
pub struct ErrorParts {
    /// HTTP status.
    pub status: StatusCode,
    /// Body; the server fills in `innerError`.
    pub body: MainError,
    /// Further response headers, such as `Retry-After`.
    pub headers: HeaderMap,
    /// Cause: for the error hook and the log, never sent to the caller.
    pub source: Option<Cause>,
}

impl ApiError {
    /// An error with a status, a code and a message.
    pub fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        ApiError(Box::new(ErrorParts {
            status,
            body: MainError {
                code: code.into(),
                message: message.into(),
                ..MainError::default()
            },
            headers: HeaderMap::new(),
            source: None,
        }))
    }

    /// 400 `BadRequest`.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    /// 404 `Request_ResourceNotFound`.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "Request_ResourceNotFound", message)
    }

    /// 412 `PreconditionFailed`.
    pub fn precondition_failed() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "PreconditionFailed",
            "The resource has changed since it was read.",
        )
    }

    /// 500 with a message that tells nothing; the cause goes to the error hook only.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        let mut error = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalServerError",
            "The service could not complete the request.",
        );
        error.source = Some(cause.into());
        error
    }

    /// 501, which every operation answers until it is written.
    pub fn not_implemented(operation: &Operation) -> Self {
        Self::new(
            StatusCode::NOT_IMPLEMENTED,
            "NotImplemented",
            format!("{} is not implemented.", operation.title),
        )
    }

    /// Says what the error is about.
    pub fn target(mut self, target: impl Into<String>) -> Self {
        self.body.target = Some(target.into());
        self
    }

    /// Adds a response header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// Takes the parts out.
    pub fn into_parts(self) -> ErrorParts {
        *self.0
    }
}

impl Deref for ApiError {
    type Target = ErrorParts;

    fn deref(&self) -> &ErrorParts {
        &self.0
    }
}

impl DerefMut for ApiError {
    fn deref_mut(&mut self) -> &mut ErrorParts {
        &mut self.0
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MainError { code, message, .. } = &self.body;
        write!(formatter, "{} {code}: {message}", self.status.as_u16())
    }
}

impl std::error::Error for ApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

//! How the server behaves.

use super::Authenticator;
use crate::rt::error::ApiError;
use crate::rt::{Operation, Unknown};
use std::sync::Arc;
use std::time::Duration;

/// Sees every error before it is sent, and may change it: logging, metrics, redaction.
pub type ErrorHook = Arc<dyn Fn(Option<&'static Operation>, &mut ApiError) + Send + Sync>;

/// How the server behaves.
#[derive(Clone)]
#[non_exhaustive]
pub struct ServerConfig {
    /// Largest request body that is read into memory, in bytes (4 MiB unless changed).
    pub max_body: usize,
    /// Longest time for one call, its body included (30 s unless changed).
    pub timeout: Duration,
    /// What to do with undeclared properties in request bodies (refuse unless changed).
    pub unknown: Unknown,
    /// Who checks tokens.
    pub authenticator: Arc<dyn Authenticator>,
    /// Sees errors.
    pub on_error: Option<ErrorHook>,
}

impl ServerConfig {
    /// Defaults, with an authenticator: there is no default that lets everyone in.
    pub fn new(authenticator: impl Authenticator + 'static) -> Self {
        ServerConfig {
            max_body: 4 << 20,
            timeout: Duration::from_secs(30),
            unknown: Unknown::Reject,
            authenticator: Arc::new(authenticator),
            on_error: None,
        }
    }
}

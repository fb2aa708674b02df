//! Server part of the run-time support: axum 0.8.
//!
//! The code around an operation is a plain `fn` pointer, so that axum's handler machinery is
//! compiled once for the whole crate and not once for each operation.

mod auth;
mod config;
mod context;
mod pipeline;
mod reply;
mod request;
mod routing;
mod service;

pub use auth::{AnyToken, AuthError, Authenticator, Principal};
pub use config::{ErrorHook, ServerConfig};
pub use context::{Context, Correlation};
pub use reply::with_fallback;
pub use request::{Incoming, Receive};
pub use routing::Routes;

use std::future::Future;
use std::pin::Pin;

/// A future of any kind.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

#[doc(hidden)]
pub mod private {
    //! What the macros need and nobody else.

    pub use super::routing::{Call, answer};
}

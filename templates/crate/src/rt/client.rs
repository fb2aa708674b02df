//! Client part of the run-time support. Free of any one HTTP library: see [`Transport`].

mod call;
mod connection;
mod error;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retry;
mod transport;

pub use self::call::{Answer, Call};
pub use self::connection::{Client, Timer, TokenSource};
pub use self::error::Error;
#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;
pub use self::transport::Transport;

use std::future::Future;
use std::pin::Pin;

/// A future of any kind.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An error of any kind.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

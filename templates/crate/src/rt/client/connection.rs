//! The client itself.

use super::{BoxError, BoxFuture, Call, Transport};
use crate::rt::{JsonValue, Operation, Page, Payload, Unknown};
use http::Uri;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Gives the token for each request, and so can renew it.
pub trait TokenSource: Send + Sync {
    /// The token.
    fn token(&self) -> BoxFuture<'_, Result<String, BoxError>>;
}

/// A token that stays the same.
struct FixedToken(String);

impl TokenSource for FixedToken {
    fn token(&self) -> BoxFuture<'_, Result<String, BoxError>> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }
}

/// Waits before a request is repeated.
pub trait Timer: Send + Sync {
    /// Waits so long.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The timer that a client has until it is given one.
struct DefaultTimer;

impl Timer for DefaultTimer {
    #[cfg(feature = "reqwest")]
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    /// Without a clock there is nothing to wait by.
    #[cfg(not(feature = "reqwest"))]
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// A client. Cheap to clone; keep one and share it.
#[derive(Clone)]
pub struct Client {
    pub(super) base: Arc<str>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) token: Option<Arc<dyn TokenSource>>,
    pub(super) timer: Arc<dyn Timer>,
    pub(super) retries: u32,
    pub(super) unknown: Unknown,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client for a base such as `https://graph.microsoft.com/v1.0`.
    pub fn new(base: &str, transport: impl Transport + 'static) -> Self {
        Client {
            base: base.trim_end_matches('/').into(),
            transport: Arc::new(transport),
            token: None,
            timer: Arc::new(DefaultTimer),
            retries: 0,
            unknown: Unknown::Keep,
        }
    }

    /// Sends this token.
    pub fn bearer(self, token: impl Into<String>) -> Self {
        self.token_source(FixedToken(token.into()))
    }

    /// Asks this source for a token before each request.
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.token = Some(Arc::new(source));
        self
    }

    /// Repeats a request at most so many times: after 429, and after 503 and 504 when the method
    /// may be repeated.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Waits by this timer before a request is repeated. With the feature `reqwest` there is one
    /// already; without it, requests are repeated at once until a timer is set.
    pub fn timer(mut self, timer: impl Timer + 'static) -> Self {
        self.timer = Arc::new(timer);
        self
    }

    /// What to do with undeclared properties in answers (keep unless changed).
    pub fn unknown(mut self, unknown: Unknown) -> Self {
        self.unknown = unknown;
        self
    }

    /// A call of any operation: what the methods for the pages' operations are made of.
    pub fn call<T: Payload>(&self, operation: &'static Operation) -> Call<'_, T> {
        Call::new(self, operation)
    }

    /// The page after `page`, if there is one. Refuses a link to another origin: the token must
    /// not go there.
    pub fn next_page<T>(&self, page: &Page<T>) -> Option<Call<'_, Page<T>>>
    where
        T: JsonValue + Send,
    {
        let link = page.next_link.as_ref()?;
        let call = Call::new(self, &NEXT_PAGE);
        Some(
            if origin(link).is_some() && origin(link) == origin(&self.base) {
                call.absolute(link.clone())
            } else {
                call.refuse(format!("@odata.nextLink points to another origin: {link}"))
            },
        )
    }
}

/// What a client does with `@odata.nextLink`. No page documents it.
static NEXT_PAGE: Operation = Operation {
    id: "next_page",
    title: "Next page",
    method: "GET",
    paths: &[""],
    success: &[200],
    consumes: &[],
    required: &[],
    auth_required: true,
    permissions: &[],
};

/// Scheme, host and port.
fn origin(url: &str) -> Option<(String, String)> {
    let url: Uri = url.parse().ok()?;
    let scheme = url.scheme_str()?.to_ascii_lowercase();
    let authority = url.authority()?.as_str().to_ascii_lowercase();
    Some((scheme, authority))
}

/// Writes the client's methods for the operations of a resource.
#[doc(hidden)]
#[macro_export]
macro_rules! client_calls {
    (
        $(
            $(#[$meta:meta])*
            pub fn $method:ident($($argument:ident: $argument_type:ty),* $(,)?) -> $answer:ty
                = $operation:ident $(.$step:ident($value:ident))*;
        )*
    ) => {
        impl $crate::rt::client::Client {
            $(
                $(#[$meta])*
                pub fn $method(
                    &self,
                    $($argument: $argument_type,)*
                ) -> $crate::rt::client::Call<'_, $answer> {
                    self.call(&$operation)$(.$step($value))*
                }
            )*
        }
    };
}

//! How requests get to the service.

use super::{BoxError, BoxFuture};
use bytes::Bytes;
use http::{Request, Response};
use std::future::Future;

/// Sends requests: implement it for the HTTP library you have, or around another transport
/// (tracing, recording, a test double). A closure is a transport.
pub trait Transport: Send + Sync {
    /// Sends one request.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, BoxError>>;
}

impl<F, R> Transport for F
where
    F: Fn(Request<Bytes>) -> R + Send + Sync,
    R: Future<Output = Result<Response<Bytes>, BoxError>> + Send + 'static,
{
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, BoxError>> {
        Box::pin(self(request))
    }
}

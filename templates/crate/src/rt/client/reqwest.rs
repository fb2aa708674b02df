//! `reqwest` as a transport.

use super::{BoxError, BoxFuture, Transport};
use bytes::Bytes;
use http::{Request, Response};

/// `reqwest` as a transport.
#[derive(Clone, Debug, Default)]
pub struct Reqwest(
    /// The client that sends. Unless told otherwise it follows redirects by itself.
    pub reqwest::Client,
);

impl Transport for Reqwest {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, BoxError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request)?;
            let mut answer = self.0.execute(request).await?;
            let status = answer.status();
            let headers = std::mem::take(answer.headers_mut());
            let mut response = Response::new(answer.bytes().await?);
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

//! Asks the service by its client, without a network between them.

use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::{Request, Response};
use service::customers::client::{BoxError, Client, Error};
use tower::ServiceExt;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    let client = Client::new("https://example.com", send).bearer("token");
    let customer = client.get_customer("7").await?;
    println!("{customer:?}");
    match client.delete_customer("7").await {
        Err(Error::Api { status, .. }) => println!("{status}"),
        other => println!("{other:?}"),
    }
    Ok(())
}

async fn send(request: Request<Bytes>) -> Result<Response<Bytes>, BoxError> {
    let (parts, body) = service::router().oneshot(request.map(Body::from)).await?.into_parts();
    Ok(Response::from_parts(parts, to_bytes(body, usize::MAX).await?))
}

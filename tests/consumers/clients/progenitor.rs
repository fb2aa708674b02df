//! Calls the service at the URL that is given, by the client that Progenitor made.

use progenitor_client_of_document::{Client, types};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use std::error::Error;

fn client(url: &str, token: Option<&'static str>) -> Result<Client, Box<dyn Error>> {
    let headers: HeaderMap = token.map(|token| (AUTHORIZATION, HeaderValue::from_static(token))).into_iter().collect();
    Ok(Client::new_with_client(url, reqwest::Client::builder().default_headers(headers).build()?))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("the first argument is the address of the service")?;
    let service = client(&url, Some("Bearer administrator"))?;
    let body = types::CustomerCreate::builder()
        .display_name("Northwind".to_owned())
        .tenant_id("d96b2e41-05fa-4738-bc1d-8e7f3a60c25b".to_owned());
    let created = service.create_customer().body(body).send().await?.into_inner();
    let id = created.id.ok_or("a new customer has an identifier")?;
    let read = service.get_customer().customer_id(&id).send().await?.into_inner();
    assert_eq!(read.display_name.as_deref(), Some("Northwind"));
    let list = service.list_customers().send().await?.into_inner();
    assert!(list.value.iter().any(|customer| customer.id.as_ref() == Some(&id)));
    service.delete_customer().customer_id(&id).send().await?;
    let gone = service.get_customer().customer_id(&id).send().await;
    assert_eq!(gone.err().and_then(|error| error.status()).map(|status| status.as_u16()), Some(404));
    let stranger = client(&url, None)?.list_customers().send().await;
    assert_eq!(stranger.err().and_then(|error| error.status()).map(|status| status.as_u16()), Some(401));
    Ok(())
}

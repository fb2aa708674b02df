//! Calls every operation on customers, at the service that the first argument names.
//!
//! ```console
//! $ cargo run --example client -- http://127.0.0.1:8080/beta
//! ```

use customer_api::client::{BoxError, Client, Reqwest};
use customer_api::ops::{CreateCustomerBody, ListCustomersRoute, UpdateCustomerBody};
use customer_api::types::{BillingProfile, CompanyProfile, CustomerStatus};

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let base = std::env::args().nth(1);
    let base = base.ok_or("the first argument is the address of the service")?;
    let stranger = Client::new(&base, Reqwest::default());
    let client = stranger.clone().bearer("administrator").retries(2);

    let mut body = CreateCustomerBody::new("Northwind", "d96b2e41-05fa-4738-bc1d-8e7f3a60c25b");
    body.status = CustomerStatus::Active.into();
    body.tags = vec!["wholesale".to_owned()].into();
    let created = client.create_customer(&body).send().await?;
    println!("{} {:?}", created.status, created.value);
    let id = created.value.id.as_deref().ok_or("no id")?;

    let customer = client.get_customer(id).select(&["id", "displayName"]);
    println!("{:?}", customer.await?);

    let routes = [
        ListCustomersRoute::Customers,
        ListCustomersRoute::PartnersCustomers {
            partner_id: "58b3e0a9-d712-4c6f-94e5-1f0c7d2a8b46".to_owned(),
        },
    ];
    for route in routes {
        let page = client.list_customers(&route).top(10).await?;
        println!("{} customers", page.value.len());
    }

    let company = CompanyProfile {
        company_name: "Northwind Traders".into(),
        founded: "2004-02-29".parse().ok().into(),
        ..CompanyProfile::default()
    };
    let billing = BillingProfile {
        payment_term: "P45D".parse().ok().into(),
        ..BillingProfile::default()
    };
    let body = UpdateCustomerBody::new("d96b2e41", company, billing);
    println!("{:?}", client.update_customer(&body).await?);

    let etag = created.value.odata_etag.as_deref().unwrap_or("*");
    client.delete_customer(id).if_match(etag).await?;

    let refused = stranger.get_customer(id).await;
    let status = refused.err().and_then(|error| error.status());
    println!("a stranger gets {status:?}");
    match status.map(|status| status.as_u16()) {
        Some(401) => Ok(()),
        other => Err(format!("401 was expected, not {other:?}").into()),
    }
}

//! A service in memory that answers every operation on customers.
//!
//! ```console
//! $ cargo run --example service -- 127.0.0.1:8080
//! $ curl http://127.0.0.1:8080/beta/customers -H "Authorization: Bearer administrator"
//! ```

use customer_api::ops::{ListCustomersRoute, Operation, PermissionKind};
use customer_api::responses::*;
use customer_api::rt::{DateTimeOffset, Null, Page};
use customer_api::server::*;
use customer_api::types::Customer;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::Mutex;

/// Customers by identifier.
#[derive(Default)]
struct Service(Mutex<BTreeMap<String, Customer>>);

/// An error of this service, and how it is answered.
struct NoSuchCustomer;

impl From<NoSuchCustomer> for ApiError {
    fn from(_: NoSuchCustomer) -> Self {
        ApiError::not_found("No customer has this id.")
    }
}

/// Nanoseconds since 1970, which tell customers and their versions apart.
fn now() -> u128 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_nanos())
}

// Each function stands in place of one that answers 501.
impl CustomerApi for Service {
    async fn create_customer(
        &self,
        _: Context,
        request: CreateCustomerRequest,
    ) -> Result<CreateCustomerResponse, ApiError> {
        let id = now().to_string();
        let mut customer = Customer {
            id: id.clone().into(),
            odata_etag: format!("W/\"{}\"", now()).into(),
            created_date_time: DateTimeOffset::from_unix((now() / 1_000_000_000) as i64).into(),
            ..Customer::default()
        };
        request.body.apply(&mut customer);
        self.0.lock().await.insert(id, customer.clone());
        Ok(customer.into())
    }

    async fn get_customer(
        &self,
        context: Context,
        request: GetCustomerRequest,
    ) -> Result<GetCustomerResponse, ApiError> {
        let customers = self.0.lock().await;
        let customer = customers.get(&request.customer_id).ok_or(NoSuchCustomer)?;
        Ok(context.query.selected(customer.clone()).into())
    }

    async fn list_customers(
        &self,
        context: Context,
        request: ListCustomersRequest,
    ) -> Result<ListCustomersResponse, ApiError> {
        let query = &context.query;
        if query.filter.is_some() || !query.orderby.is_empty() {
            return Err(ApiError::bad_request("No $filter, no $orderby."));
        }
        let is_wanted = |customer: &&Customer| match &request.route {
            ListCustomersRoute::Customers => true,
            ListCustomersRoute::PartnersCustomers { partner_id } => {
                let partner = customer.managing_partner.as_ref();
                partner.and_then(|partner| partner.id.as_ref()) == Some(partner_id)
            }
        };
        let customers = self.0.lock().await;
        let wanted = customers.values().filter(is_wanted);
        let page = wanted.take(query.top.unwrap_or(100) as usize);
        let page = page.map(|customer| query.selected(customer.clone()));
        Ok(Page::from(page.collect::<Vec<_>>()).into())
    }

    async fn update_customer(
        &self,
        _: Context,
        request: UpdateCustomerRequest,
    ) -> Result<UpdateCustomerResponse, ApiError> {
        let mut customers = self.0.lock().await;
        let customer = customers.entry("own".to_owned()).or_default();
        customer.id = "own".into();
        customer.odata_etag = format!("W/\"{}\"", now()).into();
        request.body.apply(customer);
        Ok(customer.clone().into())
    }

    async fn delete_customer(
        &self,
        context: Context,
        request: DeleteCustomerRequest,
    ) -> Result<DeleteCustomerResponse, ApiError> {
        let mut customers = self.0.lock().await;
        let customer = customers.get(&request.customer_id).ok_or(NoSuchCustomer)?;
        context.check_if_match(customer.odata_etag.as_deref().unwrap_or_default())?;
        customers.remove(&request.customer_id);
        Ok(DeleteCustomerResponse::NoContent)
    }
}

/// Knows the tokens `administrator` and `reader`, and what the pages let them do.
struct Tokens;

impl Authenticator for Tokens {
    fn authenticate<'a>(
        &'a self,
        operation: &'static Operation,
        token: &'a str,
        _: &'a http::HeaderMap,
    ) -> BoxFuture<'a, Result<Principal, AuthError>> {
        let allows = operation.allows(PermissionKind::Application, &["Customer.Read.All"]);
        let outcome = match token {
            "administrator" => Ok(Arc::new(token.to_owned()) as Principal),
            // What a page leaves open is not open to everyone.
            "reader" if allows != Some(true) => Err(AuthError::InsufficientScope),
            "reader" => Ok(Arc::new(token.to_owned()) as Principal),
            _ => Err(AuthError::InvalidToken("No such token.".to_owned())),
        };
        Box::pin(std::future::ready(outcome))
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1);
    let address = address.as_deref().unwrap_or("127.0.0.1:8080");
    let mut config = ServerConfig::new(Tokens);
    config.null = Null::Reject;
    let router = customer_router(Arc::new(Service::default()), config.clone());
    let app = with_fallback(axum::Router::new().nest("/beta", router), config);
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on http://{}/beta", listener.local_addr()?);
    axum::serve(listener, app).await
}

//! The service on the generated server.

use customer_api::responses::{CreateCustomerResponse, GetCustomerResponse};
use customer_api::server::*;
use customer_api::types::Customer;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

struct Service(Mutex<BTreeMap<String, Customer>>);

impl CustomerApi for Service {
    async fn get_customer(&self, _: Context, request: GetCustomerRequest) -> Result<GetCustomerResponse, ApiError> {
        let customers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let customer = customers.get(&request.customer_id);
        let customer = customer.ok_or_else(|| ApiError::not_found("No customer has this id."))?;
        Ok(customer.clone().into())
    }

    async fn create_customer(
        &self,
        _: Context,
        request: CreateCustomerRequest,
    ) -> Result<CreateCustomerResponse, ApiError> {
        let mut customer = Customer { id: "2".into(), ..Customer::default() };
        request.body.apply(&mut customer);
        let mut customers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        customers.insert("2".to_owned(), customer.clone());
        Ok(customer.into())
    }
}

struct Tokens;

impl Authenticator for Tokens {
    fn authenticate<'a>(
        &'a self,
        _: &'static customer_api::ops::Operation,
        token: &'a str,
        _: &'a http::HeaderMap,
    ) -> BoxFuture<'a, Result<Principal, AuthError>> {
        let outcome = match token {
            "administrator" => Ok(Arc::new(()) as Principal),
            _ => Err(AuthError::InvalidToken("No such token.".to_owned())),
        };
        Box::pin(std::future::ready(outcome))
    }
}

/// The service with one customer.
pub fn app() -> axum::Router {
    let customer: Customer = serde_json::from_str(super::by_hand::CUSTOMER).unwrap_or_default();
    let service = Service(Mutex::new(BTreeMap::from([("1".to_owned(), customer)])));
    let config = ServerConfig::new(Tokens);
    let router = customer_router(Arc::new(service), config.clone());
    with_fallback(axum::Router::new().nest("/beta", router), config)
}

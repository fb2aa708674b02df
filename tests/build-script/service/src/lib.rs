//! Serves the customers of the demonstration pages.

include!(concat!(env!("OUT_DIR"), "/apipage/mod.rs"));

use customers::responses::GetCustomerResponse;
use customers::rt::error::ApiError;
use customers::server::{AnyToken, Context, CustomerApi, GetCustomerRequest, ServerConfig, customer_router};
use customers::types::Customer;
use std::sync::Arc;

struct Service;

impl CustomerApi for Service {
    async fn get_customer(&self, _: Context, request: GetCustomerRequest) -> Result<GetCustomerResponse, ApiError> {
        let customer =
            Customer { id: request.customer_id.into(), display_name: "Contoso".into(), ..Customer::default() };
        Ok(customer.into())
    }
}

/// All that the service answers.
pub fn router() -> axum::Router {
    customer_router(Arc::new(Service), ServerConfig::new(AnyToken))
}

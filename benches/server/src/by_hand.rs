//! The service written by hand: what an author who knows axum and serde writes for the two operations. It keeps
//! the parts of the contract that cost something in every answer: token, time limit, `request-id`.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The customer that is there from the start.
pub const CUSTOMER: &str = r##"{
    "@odata.type": "#microsoft.graph.customer",
    "id": "1",
    "tenantId": "0c2f7b9e-41d6-4a85-93b7-d58e1f6a2c04",
    "displayName": "Contoso",
    "status": "active",
    "tags": ["retail", "priority"],
    "companyProfile": {
        "@odata.type": "#microsoft.graph.companyProfile",
        "email": "office@contoso.com",
        "companyName": "Contoso Ltd.",
        "address": {"street": "12 Harbor Way", "city": "Seattle", "postalCode": "98101"}
    },
    "billingProfile": {"email": "invoices@contoso.com", "paymentTerm": "P30D", "discount": 2.5, "paperless": true}
}"##;

macro_rules! object {
    ($name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        #[derive(Clone, Debug, Default, Deserialize, Serialize)]
        #[serde(rename_all = "camelCase", default)]
        struct $name {
            #[serde(rename = "@odata.type", skip_serializing_if = "Option::is_none")]
            odata_type: Option<String>,
            $(#[serde(skip_serializing_if = "Option::is_none")] $field: Option<$type>,)*
        }
    };
}

object!(Address { street: String, city: String, postal_code: String, country_or_region: String });
object!(CompanyProfile {
    id: String,
    email: String,
    company_name: String,
    address: Address,
    founded: String,
    opens_at: String,
});
object!(BillingProfile {
    id: String,
    email: String,
    credit_limit: f64,
    payment_term: String,
    certificate: String,
    invoice_count: i64,
    discount: f64,
    paperless: bool,
});
object!(Customer {
    id: String, tenant_id: String, display_name: String, status: String, tags: Vec<String>,
    created_date_time: String, contract_end_date: String, company_profile: CompanyProfile,
    billing_profile: BillingProfile,
});

type Customers = Arc<Mutex<BTreeMap<String, Customer>>>;

async fn get_customer(State(customers): State<Customers>, Path(id): Path<String>) -> Response {
    let customers = customers.lock().unwrap_or_else(PoisonError::into_inner);
    match customers.get(&id) {
        Some(customer) => Json(customer.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn create_customer(
    State(customers): State<Customers>,
    Json(mut customer): Json<Customer>,
) -> (StatusCode, Json<Customer>) {
    customer.id = Some("2".to_owned());
    let mut customers = customers.lock().unwrap_or_else(PoisonError::into_inner);
    customers.insert("2".to_owned(), customer.clone());
    (StatusCode::CREATED, Json(customer))
}

/// Checks the token, limits the time, and gives each answer an identifier: the contract of the pages.
async fn around(request: Request, next: Next) -> Response {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let token = request.headers().get("authorization");
    if token.is_none_or(|token| token != "Bearer administrator") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let answer = tokio::time::timeout(Duration::from_secs(30), next.run(request)).await;
    let mut response = answer.unwrap_or_else(|_| StatusCode::GATEWAY_TIMEOUT.into_response());
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let id = format!("00000000-0000-4000-8000-{number:012x}");
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert("request-id", id);
    }
    response
}

/// The service with one customer.
pub fn app() -> Router {
    let customer: Customer = serde_json::from_str(CUSTOMER).unwrap_or_default();
    let customers: Customers = Arc::new(Mutex::new(BTreeMap::from([("1".to_owned(), customer)])));
    let router = Router::new()
        .route("/customers", post(create_customer))
        .route("/customers/{id}", get(get_customer))
        .layer(middleware::from_fn(around))
        .with_state(customers);
    Router::new().nest("/beta", router)
}

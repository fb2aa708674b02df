//! What a handler gets beside its typed request.

use super::Principal;
use crate::rt::error::ApiError;
use crate::rt::odata::ODataQuery;
use crate::rt::{Guid, Operation};
use http::{HeaderMap, header};
use std::any::Any;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// What every handler gets beside its typed request.
#[derive(Clone)]
#[non_exhaustive]
pub struct Context {
    /// The operation.
    pub operation: &'static Operation,
    /// The caller, unless the operation needs no token.
    pub principal: Option<Principal>,
    /// OData query options.
    pub query: ODataQuery,
    /// Etags of `If-Match` as they came, `*` included; empty when not given.
    pub if_match: Vec<String>,
    /// Correlation identifiers.
    pub correlation: Correlation,
    /// All request headers.
    pub headers: HeaderMap,
}

impl Context {
    /// A context with nothing but an operation, to test a service without HTTP.
    pub fn new(operation: &'static Operation) -> Self {
        Context::with_headers(operation, HeaderMap::new())
    }

    pub(super) fn with_headers(operation: &'static Operation, headers: HeaderMap) -> Self {
        Context {
            operation,
            principal: None,
            query: ODataQuery::default(),
            if_match: if_match(&headers),
            correlation: Correlation::of(&headers),
            headers,
        }
    }

    /// The caller as the authenticator's type.
    pub fn principal<T: Any>(&self) -> Option<&T> {
        self.principal.as_deref()?.downcast_ref()
    }

    /// 412 unless `If-Match` is absent, is `*`, or names `current`. Compares weakly, because
    /// Graph's etags are weak (`W/"..."`).
    pub fn check_if_match(&self, current: &str) -> Result<(), ApiError> {
        let matches = |etag: &String| etag == "*" || opaque(etag) == opaque(current);
        if self.if_match.is_empty() || self.if_match.iter().any(matches) {
            Ok(())
        } else {
            Err(ApiError::precondition_failed())
        }
    }
}

fn opaque(etag: &str) -> &str {
    etag.strip_prefix("W/").unwrap_or(etag)
}

fn if_match(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(header::IF_MATCH).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(|etag| etag.trim().to_owned())
        .filter(|etag| !etag.is_empty())
        .collect()
}

/// Identifiers that tie a call to its log entries.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Correlation {
    /// Made here.
    pub request_id: String,
    /// From the caller.
    pub client_request_id: Option<String>,
}

impl Correlation {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let given = headers.get("client-request-id");
        Correlation {
            request_id: new_request_id(),
            client_request_id: given
                .and_then(|value| value.to_str().ok())
                // It is repeated in the answer and in logs.
                .filter(|text| text.len() <= 128)
                .map(str::to_owned),
        }
    }
}

/// Unique, but not random: time, a counter and the process, in the form of a version 4 GUID.
fn new_request_id() -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    let nanos = time.map_or(0, |time| time.as_nanos());
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let number = nanos ^ u128::from(count) << 64 ^ u128::from(std::process::id()) << 96;
    let mut bytes = number.to_be_bytes();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    Guid(bytes).to_string()
}

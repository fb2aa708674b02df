//! From documented paths to axum routes.

use super::pipeline::{self, Parameters};
use super::{BoxFuture, Context, Incoming, ServerConfig, reply};
use crate::rt::error::ApiError;
use crate::rt::{Operation, Payload, match_template};
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use http::{HeaderValue, Method};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

/// The code around one operation.
pub type Call<S> = fn(Arc<S>, Context, Incoming) -> BoxFuture<'static, Result<Response, ApiError>>;

/// An operation with the service that answers it.
type BoundCall =
    Arc<dyn Fn(Context, Incoming) -> BoxFuture<'static, Result<Response, ApiError>> + Send + Sync>;

/// One route of one operation.
#[derive(Clone)]
pub(super) struct Handler {
    pub(super) operation: &'static Operation,
    pub(super) route: usize,
    pub(super) call: BoundCall,
}

impl Handler {
    fn template(&self) -> &'static str {
        self.operation.paths[self.route]
    }
}

/// Routes of one or more services, to be made into one [`Router`].
///
/// Services may share a path, also with different names for its parameters; routers of axum may
/// not, so merge `Routes` rather than routers.
#[derive(Clone, Default)]
pub struct Routes {
    handlers: Vec<Handler>,
}

impl Routes {
    /// No routes.
    pub fn new() -> Self {
        Routes::default()
    }

    /// Adds all routes of an operation.
    pub fn add<S>(&mut self, operation: &'static Operation, service: &Arc<S>, call: Call<S>)
    where
        S: ?Sized + Send + Sync + 'static,
    {
        let service = service.clone();
        let call: BoundCall =
            Arc::new(move |context, incoming| call(service.clone(), context, incoming));
        self.handlers
            .extend((0..operation.paths.len()).map(|route| Handler {
                operation,
                route,
                call: call.clone(),
            }));
    }

    /// These routes and others.
    pub fn merge(mut self, others: Routes) -> Self {
        self.handlers.extend(others.handlers);
        self
    }

    /// A plain axum router: nest it under `/v1.0`, add layers.
    pub fn into_router(self, config: ServerConfig) -> Router {
        let config = Arc::new(config);
        let mut paths: BTreeMap<String, Vec<Handler>> = BTreeMap::new();
        for handler in self.handlers {
            let path = axum_path(handler.template());
            paths.entry(path).or_default().push(handler);
        }
        // Documented paths may have `:` and `*`, which older versions of axum gave a meaning.
        let mut router = Router::new().without_v07_checks();
        for (path, handlers) in paths {
            router = router.route(&path, method_router(handlers, &config));
        }
        router
    }
}

/// The axum route of a documented path. A segment with a parameter in it becomes a parameter as a
/// whole (`getActivity(period='{period}')`), named by position because axum wants one name for one
/// place; [`match_template`] looks at the rest of the segment.
fn axum_path(template: &str) -> String {
    let mut path = String::new();
    let mut parameters = 0;
    for segment in template.split('/').skip(1) {
        path.push('/');
        if segment.contains(['{', '}']) {
            path.push_str(&format!("{{p{parameters}}}"));
            parameters += 1;
        } else {
            path.push_str(segment);
        }
    }
    path
}

/// Answers all methods of one path.
fn method_router(handlers: Vec<Handler>, config: &Arc<ServerConfig>) -> MethodRouter {
    let mut methods: BTreeMap<&'static str, Vec<Handler>> = BTreeMap::new();
    for handler in handlers {
        methods
            .entry(handler.operation.method)
            .or_default()
            .push(handler);
    }
    let allow = allow_header(methods.keys().copied());
    let mut router = MethodRouter::new();
    for (method, mut candidates) in methods {
        // The template that says most goes first: `report(day='{day}')` before `{report-id}`.
        candidates.sort_by_key(|handler| std::cmp::Reverse(text_length(handler.template())));
        let filter = Method::from_bytes(method.as_bytes())
            .ok()
            .and_then(|method| MethodFilter::try_from(method).ok());
        if let Some(filter) = filter {
            router = router.merge(on(filter, dispatch(candidates, config.clone())));
        }
    }
    let config = config.clone();
    router.fallback(AnyRequest(Arc::new(move |request| {
        let response = reply::method_not_allowed(&request, &allow, &config);
        Box::pin(std::future::ready(response))
    })))
}

fn allow_header(methods: impl Iterator<Item = &'static str>) -> HeaderValue {
    let mut allowed = Vec::new();
    for method in methods {
        allowed.push(method);
        if method == "GET" {
            allowed.push("HEAD");
        }
    }
    HeaderValue::from_str(&allowed.join(", ")).unwrap_or(HeaderValue::from_static(""))
}

/// Number of characters of a template outside its parameters.
fn text_length(template: &str) -> usize {
    let mut inside = false;
    let outside = template.chars().filter(|character| {
        match character {
            '{' => inside = true,
            '}' => inside = false,
            _ => return !inside,
        }
        false
    });
    outside.count()
}

/// Calls the first handler whose template fits the path.
fn dispatch(candidates: Vec<Handler>, config: Arc<ServerConfig>) -> AnyRequest {
    AnyRequest(Arc::new(move |request| {
        let config = config.clone();
        match find(&candidates, request.uri().path()) {
            Some((handler, parameters)) => {
                Box::pin(pipeline::handle(handler, parameters, config, request))
            }
            None => Box::pin(async move { reply::not_found(&request, &config) }),
        }
    }))
}

fn find(candidates: &[Handler], path: &str) -> Option<(Handler, Parameters)> {
    candidates.iter().find_map(|handler| {
        let parameters = match_template(handler.template(), path)?;
        Some((handler.clone(), parameters))
    })
}

/// The one kind of axum handler in the crate.
#[derive(Clone)]
struct AnyRequest(Arc<dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync>);

impl axum::handler::Handler<(), ()> for AnyRequest {
    type Future = BoxFuture<'static, Response>;

    fn call(self, request: Request, _: ()) -> Self::Future {
        (self.0)(request)
    }
}

/// Waits for a handler and makes the response of what it gives.
pub async fn answer<P: Payload>(
    outcome: impl Future<Output = Result<P, ApiError>>,
) -> Result<Response, ApiError> {
    outcome
        .await
        .map(|payload| reply::response_of(payload.into_message()))
}

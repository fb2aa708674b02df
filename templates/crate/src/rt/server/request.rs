//! From a raw request to a typed one.

use super::{Context, ServerConfig};
use crate::rt::error::ApiError;
use crate::rt::{Content, JsonValue, Media, Route, decode};
use axum::body::Body;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::error::Error;
use std::future::Future;
use std::str::FromStr;
use std::sync::Arc;

/// A typed request.
pub trait Receive: Sized + Send {
    /// Takes the request out of what came in.
    fn receive(
        incoming: Incoming,
        context: &Context,
    ) -> impl Future<Output = Result<Self, ApiError>> + Send;
}

/// What is not typed yet of a request.
#[derive(Debug)]
pub struct Incoming {
    /// Position of the route in the operation's `paths`.
    pub(super) route: usize,
    /// Decoded path parameters; `Err` with the text as it came when its encoding is not valid.
    pub(super) parameters: Vec<Result<String, String>>,
    pub(super) body: Body,
    pub(super) config: Arc<ServerConfig>,
}

impl std::fmt::Debug for ServerConfig {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ServerConfig")
            .field("max_body", &self.max_body)
            .field("timeout", &self.timeout)
            .field("unknown", &self.unknown)
            .finish_non_exhaustive()
    }
}

impl Incoming {
    /// The path parameter at a position.
    pub fn path<T: FromStr>(&self, position: usize) -> Result<T, ApiError> {
        let text = self.text(position)?;
        text.parse().map_err(|_| bad_parameter(text))
    }

    /// The route by which the operation was called.
    pub fn route<T: Route>(&self) -> Result<T, ApiError> {
        let parameters = (0..self.parameters.len()).map(|position| self.text(position));
        let parameters: Result<Vec<_>, _> = parameters.collect();
        let parameters = parameters?.into_iter().map(str::to_owned).collect();
        T::from_parameters(self.route, parameters)
            .ok_or_else(|| ApiError::internal("the route enum does not fit the operation"))
    }

    fn text(&self, position: usize) -> Result<&str, ApiError> {
        match self.parameters.get(position) {
            Some(Ok(text)) => Ok(text),
            Some(Err(raw)) => Err(bad_parameter(raw)),
            None => Err(bad_parameter("")),
        }
    }

    /// The JSON body.
    pub async fn body<T: JsonValue>(&mut self, context: &Context) -> Result<T, ApiError> {
        let body = self.read_body(context).await?;
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(ApiError::bad_request("A request body is required.").target("$"));
        }
        decode(&body, self.config.unknown).map_err(|error| {
            let message = error.to_string();
            ApiError::bad_request(message).target(error.path)
        })
    }

    /// The body as it is, unread. [`ServerConfig::max_body`] does not hold for it.
    pub fn media(&mut self, context: &Context) -> Result<Media, ApiError> {
        check_media_type(context)?;
        let media_type = context.headers.get(CONTENT_TYPE).cloned();
        let unknown = HeaderValue::from_static("application/octet-stream");
        Ok(Media {
            media_type: media_type.unwrap_or(unknown),
            content: Content::from(std::mem::take(&mut self.body)),
        })
    }

    async fn read_body(&mut self, context: &Context) -> Result<Bytes, ApiError> {
        check_media_type(context)?;
        let limit = self.config.max_body;
        // Refused before it is read, so that nobody sends what will not be looked at.
        if announced_length(&context.headers).is_some_and(|length| length > limit as u64) {
            return Err(too_large(limit));
        }
        let body = std::mem::take(&mut self.body);
        axum::body::to_bytes(body, limit).await.map_err(|error| {
            if is_length_limit(&error) {
                too_large(limit)
            } else {
                ApiError::bad_request("The request body could not be read.")
            }
        })
    }
}

fn bad_parameter(text: &str) -> ApiError {
    ApiError::bad_request(format!("Invalid path parameter {text:?}."))
}

fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// axum says only in words that the limit was reached.
fn is_length_limit(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.to_string().contains("length limit") {
            return true;
        }
        next = error.source();
    }
    false
}

fn too_large(limit: usize) -> ApiError {
    ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "RequestEntityTooLarge",
        format!("The request body is larger than {limit} bytes."),
    )
}

fn check_media_type(context: &Context) -> Result<(), ApiError> {
    let wanted = context.operation.consumes;
    let given = context.headers.get(CONTENT_TYPE);
    let given = given.and_then(|value| value.to_str().ok());
    if given.is_some_and(|given| wanted.iter().any(|wanted| media_type_fits(given, wanted))) {
        return Ok(());
    }
    let found = match given {
        Some(given) => format!("not {given:?}"),
        None => "but is missing".to_owned(),
    };
    let wanted = wanted.join(", ");
    let error = ApiError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "UnsupportedMediaType",
        format!("Content-Type must be {wanted}, {found}."),
    );
    Err(match HeaderValue::from_str(&wanted) {
        Ok(wanted) => error.header(HeaderName::from_static("accept"), wanted),
        Err(_) => error,
    })
}

/// Whether a `Content-Type` is of a wanted media type (`image/*` and `*/*` are patterns). No
/// charset but UTF-8 is taken where the wanted type is text of a kind.
fn media_type_fits(given: &str, wanted: &str) -> bool {
    let mut parts = given.split(';');
    let name = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let name_fits = match wanted.strip_suffix('*') {
        Some("*/") => true,
        Some(kind) => name.starts_with(&kind.to_ascii_lowercase()),
        None => name.eq_ignore_ascii_case(wanted),
    };
    name_fits && parts.all(is_utf8_or_no_charset)
}

fn is_utf8_or_no_charset(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    !name.trim().eq_ignore_ascii_case("charset")
        || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
}

/// Writes the struct of an operation's request.
#[doc(hidden)]
#[macro_export]
macro_rules! request {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $(
                $(#[$field_meta:meta])*
                pub $field:ident: $field_type:ty = $source:ident $(($position:literal))?,
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name {
            $(
                $(#[$field_meta])*
                pub $field: $field_type,
            )*
        }

        impl $crate::rt::server::Receive for $name {
            async fn receive(
                mut incoming: $crate::rt::server::Incoming,
                context: &$crate::rt::server::Context,
            ) -> ::std::result::Result<Self, $crate::rt::error::ApiError> {
                // Not every request takes something.
                let _ = (&mut incoming, context);
                ::std::result::Result::Ok(Self {
                    $($field: $crate::request!(@$source incoming context $($position)?),)*
                })
            }
        }
    };

    (@path $incoming:ident $context:ident $position:literal) => { $incoming.path($position)? };
    (@route $incoming:ident $context:ident) => { $incoming.route()? };
    (@body $incoming:ident $context:ident) => { $incoming.body($context).await? };
    (@media $incoming:ident $context:ident) => { $incoming.media($context)? };
}

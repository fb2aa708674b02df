//! One call of one operation.

use super::{BoxFuture, Client, Error, retry};
use crate::rt::error::ODataError;
use crate::rt::odata::ODataQuery;
use crate::rt::{Content, JsonValue, Media, Message, Operation, Payload, Route};
use crate::rt::{encode, fill_template};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use std::future::IntoFuture;
use std::marker::PhantomData;

/// A call about to be made: add options, then `.await` it for the value or [`send`](Call::send) it
/// for the status and headers too.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'a, T> {
    client: &'a Client,
    operation: &'static Operation,
    route: usize,
    parameters: Vec<String>,
    absolute: Option<String>,
    query: ODataQuery,
    headers: HeaderMap,
    body: Bytes,
    refused: Option<String>,
    answer: PhantomData<fn() -> T>,
}

/// A value with the status and headers it came with.
#[derive(Debug)]
#[non_exhaustive]
pub struct Answer<T> {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Value.
    pub value: T,
}

impl<'a, T: Payload> Call<'a, T> {
    pub(super) fn new(client: &'a Client, operation: &'static Operation) -> Self {
        Call {
            client,
            operation,
            route: 0,
            parameters: Vec::new(),
            absolute: None,
            query: ODataQuery::default(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            refused: None,
            answer: PhantomData,
        }
    }

    pub(super) fn absolute(mut self, url: String) -> Self {
        self.absolute = Some(url);
        self
    }

    pub(super) fn refuse(mut self, reason: String) -> Self {
        self.refused = Some(reason);
        self
    }

    /// The next path parameter.
    pub fn path(mut self, value: &str) -> Self {
        self.parameters.push(value.to_owned());
        self
    }

    /// The route and its path parameters.
    pub fn route(mut self, route: &impl Route) -> Self {
        self.route = route.index();
        self.parameters = route.parameters().into_iter().map(str::to_owned).collect();
        self
    }

    /// A JSON body.
    pub fn json(mut self, body: &impl JsonValue) -> Self {
        self.body = encode(body).into();
        let json = HeaderValue::from_static("application/json");
        self.headers.insert(header::CONTENT_TYPE, json);
        self
    }

    /// A body of any media type; it must be in memory.
    pub fn media(mut self, body: Media) -> Self {
        match body.content.as_bytes() {
            Ok(bytes) => self.body = bytes.clone(),
            Err(error) => self.refused = Some(error.message),
        }
        self.headers.insert(header::CONTENT_TYPE, body.media_type);
        self
    }

    /// All OData options at once.
    pub fn query(mut self, query: ODataQuery) -> Self {
        self.query = query;
        self
    }

    /// `$select`: names of properties.
    pub fn select(mut self, properties: &[&str]) -> Self {
        self.query.select = properties.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// `$expand`: names of relationships, each with its options in parentheses.
    pub fn expand(mut self, items: &[&str]) -> Self {
        self.query.expand = items.iter().map(|item| (*item).to_owned()).collect();
        self
    }

    /// `$filter`.
    pub fn filter(mut self, expression: impl Into<String>) -> Self {
        self.query.filter = Some(expression.into());
        self
    }

    /// `$orderby`, ascending; repeat it for further properties.
    pub fn order_by(mut self, property: &str) -> Self {
        self.query.orderby.push((property.to_owned(), false));
        self
    }

    /// `$orderby`, descending; repeat it for further properties.
    pub fn order_by_descending(mut self, property: &str) -> Self {
        self.query.orderby.push((property.to_owned(), true));
        self
    }

    /// `$search`.
    pub fn search(mut self, expression: impl Into<String>) -> Self {
        self.query.search = Some(expression.into());
        self
    }

    /// `$top`.
    pub fn top(mut self, number: u32) -> Self {
        self.query.top = Some(number);
        self
    }

    /// `$skip`.
    pub fn skip(mut self, number: u32) -> Self {
        self.query.skip = Some(number);
        self
    }

    /// `$count`.
    pub fn count(mut self, count: bool) -> Self {
        self.query.count = Some(count);
        self
    }

    /// `If-Match`.
    pub fn if_match(self, etag: &str) -> Self {
        self.header(header::IF_MATCH, etag)
    }

    /// Any other header.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) => {
                self.headers.insert(name, value);
            }
            Err(_) => self.refused = Some(format!("header {name} has a bad value")),
        }
        self
    }

    /// Sends, and gives status and headers beside the value.
    pub async fn send(self) -> Result<Answer<T>, Error> {
        let response = self.exchange().await?;
        let (parts, body) = response.into_parts();
        if !self.operation.success.contains(&parts.status.as_u16()) {
            return Err(failure(parts.status, parts.headers, body));
        }
        let message = Message {
            status: parts.status,
            headers: parts.headers.clone(),
            content: Content::from(body.clone()),
        };
        match T::from_message(message, self.client.unknown) {
            Ok(value) => Ok(Answer {
                status: parts.status,
                headers: parts.headers,
                value,
            }),
            Err(error) => Err(Error::Decode { error, body }),
        }
    }

    /// Sends, again where that is allowed.
    async fn exchange(&self) -> Result<Response<Bytes>, Error> {
        if let Some(reason) = &self.refused {
            return Err(Error::Request(reason.clone()));
        }
        let bad = |error: http::Error| Error::Request(error.to_string());
        let url = self.url();
        let method = Method::from_bytes(self.operation.method.as_bytes());
        let method = method.map_err(|error| bad(error.into()))?;
        let mut attempt = 0;
        loop {
            let mut request = Request::builder()
                .method(method.clone())
                .uri(&url)
                .body(self.body.clone())
                .map_err(bad)?;
            *request.headers_mut() = self.request_headers().await?;
            let response = self.client.transport.send(request).await;
            let response = response.map_err(Error::Transport)?;
            let repeat = retry::may_repeat(&method, response.status());
            if !repeat || attempt == self.client.retries {
                return Ok(response);
            }
            let delay = retry::delay(response.headers(), attempt);
            self.client.timer.sleep(delay).await;
            attempt += 1;
        }
    }

    fn url(&self) -> String {
        let mut url = match &self.absolute {
            Some(url) => url.clone(),
            None => {
                let template = self.operation.paths.get(self.route).copied();
                let path = fill_template(template.unwrap_or_default(), &self.parameters);
                format!("{}{path}", self.client.base)
            }
        };
        let query = self.query.encode();
        if !query.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&query);
        }
        url
    }

    /// The call's headers with a token, which may be another one each time.
    async fn request_headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::ACCEPT, json);
        if let Some(source) = &self.client.token {
            let token = source.token().await.map_err(Error::Token)?;
            let mut value = HeaderValue::from_str(&format!("Bearer {token}"))
                .map_err(|_| Error::Token("a header cannot carry the token".into()))?;
            value.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, value);
        }
        headers.extend(self.headers.clone());
        Ok(headers)
    }
}

fn failure(status: StatusCode, headers: HeaderMap, body: Bytes) -> Error {
    match serde_json::from_slice::<ODataError>(&body) {
        Ok(error) if !status.is_success() => Error::Api {
            status,
            headers,
            error: Box::new(error),
        },
        _ => Error::Unexpected {
            status,
            headers,
            body,
        },
    }
}

impl<'a, T: Payload + 'a> IntoFuture for Call<'a, T> {
    type Output = Result<T, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(|answer| answer.value) })
    }
}

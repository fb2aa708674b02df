use super::Report;
use super::messages::promise;
use crate::model::{ExampleRef, Model};
use crate::span::Span;
use crate::syntax::http::Start;
use crate::syntax::{Block, Page, PageKind};

rule! {
    /// An example response whose annotation names a type and that has no body.
    ///
    /// ## Why
    /// Readers do not see what is returned. If nothing is, the type in the annotation is wrong.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customer
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "@odata.type": "microsoft.graph.customer" } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    /// Content-Type: application/json
    ///
    /// {
    ///   "tenantId": "a1"
    /// }
    /// ```
    /// ````
    Error, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    if page.kind() != PageKind::Operation {
        return;
    }
    for exchange in model.exchanges(page.id).iter().filter(|exchange| !exchange.request.is_some_and(is_head)) {
        for response in exchange.responses.iter().filter(|response| !response.message.ignored) {
            let source = &response.page.source;
            let typed = response.annotation().and_then(|annotation| annotation.type_name(source));
            let success = response.status().filter(|(code, _)| (200..300).contains(code) && !matches!(code, 204 | 205));
            let (Some(typed), Some((_, span)), None) = (typed, success, &response.message.message.body) else {
                continue;
            };
            let at = response.at(promise(*response));
            let typed = &source[typed];
            match body_apart(*response) {
                Some(body) => report
                    .at(at, format!("the `{typed}` that the response should hold stands in a block of its own"))
                    .help("put it below the headers of the response, after a blank line")
                    .label(response.at(body), "the body stands here"),
                None => report
                    .at(at, format!("the response should hold a `{typed}`, but has no body"))
                    .help("add the body, or take the type out of the annotation")
                    .label(response.at(span), "the response stands here"),
            };
        }
    }
}

fn is_head(request: ExampleRef<'_>) -> bool {
    let Start::Request(line) = &request.message.message.start else { return false };
    request.page.source[line.method].eq_ignore_ascii_case("HEAD")
}

/// A block of JSON that follows the response, and is nothing else.
fn body_apart(response: ExampleRef<'_>) -> Option<Span> {
    match response.section.blocks.get(response.message.block + 1)? {
        Block::Fence(fence) if fence.annotation.is_none() => {
            let is_json = response.page.source[fence.body].trim_start().starts_with(['{', '[']);
            is_json.then(|| response.page.source.line_span(fence.span.start))
        }
        _ => None,
    }
}

use super::Report;
use super::messages::promise;
use crate::model::{ExampleRef, Exchange, Model};
use crate::syntax::{Page, PageKind};

rule! {
    /// An example response that no request comes before, or one whose annotation is no JSON.
    ///
    /// ## Why
    /// Readers do not see what call returns it, and it is not known which operation it belongs to.
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
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
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
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    Error, Linked(check)
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    if page.kind() != PageKind::Operation {
        return;
    }
    for exchange in model.exchanges(page.id) {
        match exchange.request {
            None => check_alone(exchange, report),
            Some(request) => check_unreadable(request, exchange, report),
        }
    }
}

fn check_alone(exchange: &Exchange<'_>, report: &mut Report<'_>) {
    // One that names a request is reported for the name.
    if !exchange.unknown_names.is_empty() {
        return;
    }
    for response in exchange.responses.iter().filter(|response| !response.message.ignored) {
        report
            .at(response.at(promise(*response)), "no request comes before this response")
            .help("put the request above it, or annotate the request as `request`");
    }
}

/// To a tool that reads annotations as JSON, a request whose annotation is none is not there.
fn check_unreadable(request: ExampleRef<'_>, exchange: &Exchange<'_>, report: &mut Report<'_>) {
    let Some(annotation) = request.annotation().filter(|annotation| !annotation.json.is_strict()) else { return };
    for response in exchange.responses.iter().filter(|response| response.message.annotated) {
        report
            .at(response.at(promise(*response)), "the annotation of the request before this response cannot be read")
            .label(request.at(annotation.span), "this is not JSON")
            .help("correct the annotation of the request");
    }
}

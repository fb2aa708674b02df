use super::exchanges::ResponseNames;
use super::messages::promise;
use super::{Report, urls};
use crate::model::{ExampleRef, Model};
use crate::syntax::http::Start;
use crate::syntax::{Page, PageKind};

rule! {
    /// An example request that no response follows.
    ///
    /// ## Why
    /// Readers do not see what the call returns, and nothing can be checked against it. A response without
    /// a name belongs to the nearest request before it.
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
    let mut names = ResponseNames::default();
    for exchange in model.exchanges(page.id) {
        let Some(request) = exchange.request.filter(|request| is_call(model, *request)) else { continue };
        if !exchange.responses.iter().any(|response| answers(*response, request, &mut names)) {
            let name = request.name().map_or_else(String::new, |name| format!(" `{name}`"));
            report
                .at(request.at(promise(request)), format!("no response answers the request{name}"))
                .help("put a response below it, or name the request in the annotation of the response");
        }
    }
}

/// Whether a request is one that readers make. One without an annotation may show what the service sends.
fn is_call(model: &Model<'_>, request: ExampleRef<'_>) -> bool {
    let Start::Request(line) = request.message.message.start else { return request.message.annotated };
    let calls_service = || urls::is_service(model, &request.page.source[line.url]);
    !request.message.ignored && (request.message.annotated || calls_service())
}

/// Whether a response is for a request: it names it, or it names none.
fn answers<'d>(response: ExampleRef<'d>, request: ExampleRef<'d>, names: &mut ResponseNames<'d>) -> bool {
    let names = names.of(response);
    names.is_empty() || request.name().is_some_and(|name| names.contains(name))
}

use super::Report;
use super::messages::promise;
use crate::model::{ExampleRef, Model};
use crate::syntax::http::Start;
use crate::syntax::{Page, PageKind};

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
            report
                .at(
                    response.at(promise(*response)),
                    format!("the response should hold a `{}`, but has no body", &source[typed]),
                )
                .help("add the body, or take the type out of the annotation")
                .label(response.at(span), "the response stands here");
        }
    }
}

fn is_head(request: ExampleRef<'_>) -> bool {
    let Start::Request(line) = &request.message.message.start else { return false };
    request.page.source[line.method].eq_ignore_ascii_case("HEAD")
}

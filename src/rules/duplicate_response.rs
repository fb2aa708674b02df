use super::Report;
use super::messages::promise;
use crate::model::{ExampleRef, Model};
use crate::syntax::http::{self, Start};
use crate::syntax::{Page, PageKind};

rule! {
    /// Two example responses of one status that name the same request.
    ///
    /// ## Why
    /// A request has one answer. One of the two belongs to another request, or is left over from an edit.
    ///
    /// ## Example
    /// ````md
    /// # Delete customer
    ///
    /// ## HTTP request
    /// ``` http
    /// DELETE /customer
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "delete_customer" } -->
    /// ``` http
    /// DELETE https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "name": "delete_customer" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// <!-- { "blockType": "response", "name": "delete_customer" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Delete customer
    ///
    /// ## HTTP request
    /// ``` http
    /// DELETE /customer
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "delete_customer" } -->
    /// ``` http
    /// DELETE https://graph.microsoft.com/v1.0/customer
    /// ```
    /// <!-- { "blockType": "response", "name": "delete_customer" } -->
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
        let Some(request) = exchange.request.filter(|request| request.message.annotated) else { continue };
        let annotated = exchange.responses.iter().copied().filter(|response| answers(*response, request.name()));
        let annotated: Vec<ExampleRef<'_>> = annotated.collect();
        for (index, response) in annotated.iter().enumerate() {
            let code = response.status().map(|(code, _)| code);
            let first = annotated[..index].iter().find(|other| other.status().map(|(code, _)| code) == code);
            if let Some(first) = first.filter(|first| !is_another_between(**first, *response)) {
                let message = match request.name().filter(|name| names(*response, name)) {
                    Some(name) => format!("a second response names the request `{name}`"),
                    None => "a second response follows the request".to_owned(),
                };
                report
                    .at(response.at(promise(*response)), message)
                    .help("name the request that it answers, or delete it")
                    .label(first.at(promise(*first)), "the first response to it");
            }
        }
    }
}

/// Whether a further request, annotated as something else, stands between two responses: the second answers that one.
fn is_another_between(first: ExampleRef<'_>, second: ExampleRef<'_>) -> bool {
    let (page, from, to) = (second.page, first.fence().span.end, second.fence().span.start);
    let names_none = second.annotation().is_some_and(|annotation| annotation.names(&page.source).is_empty());
    names_none
        && first.page.id == page.id
        && page.fences().filter(|fence| (from..to).contains(&fence.span.start)).any(|fence| {
            let message = http::parse(&page.source, fence.body);
            message.is_some_and(|message| matches!(message.start, Start::Request(_)))
        })
}

/// Whether a response says that it answers a request: by its name, or by its place.
fn answers(response: ExampleRef<'_>, request: Option<&str>) -> bool {
    let Some(annotation) = response.annotation().filter(|_| !response.message.ignored) else { return false };
    annotation.names(&response.page.source).is_empty() || request.is_some_and(|name| names(response, name))
}

fn names(response: ExampleRef<'_>, request: &str) -> bool {
    let source = &response.page.source;
    response.annotation().is_some_and(|found| found.names(source).iter().any(|name| &source[*name] == request))
}

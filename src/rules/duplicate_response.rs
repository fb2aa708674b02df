use super::Report;
use super::messages::promise;
use crate::model::{ExampleRef, Model};
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
        let Some(name) = exchange.request.and_then(|request| request.name()) else { continue };
        let named: Vec<ExampleRef<'_>> =
            exchange.responses.iter().copied().filter(|response| names(*response, name)).collect();
        for (index, response) in named.iter().enumerate() {
            let code = response.status().map(|(code, _)| code);
            let first = named[..index].iter().find(|other| other.status().map(|(code, _)| code) == code);
            if let Some(first) = first {
                report
                    .at(response.at(promise(*response)), format!("a second response names the request `{name}`"))
                    .help("name the request that it answers, or delete it")
                    .label(first.at(promise(*first)), "the first response to it");
            }
        }
    }
}

fn names(response: ExampleRef<'_>, request: &str) -> bool {
    let source = &response.page.source;
    !response.message.ignored
        && response.annotation().is_some_and(|found| found.names(source).iter().any(|name| &source[*name] == request))
}

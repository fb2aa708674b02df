use super::Report;
use super::messages::promise;
use crate::model::Model;
use crate::syntax::{Page, PageKind};

rule! {
    /// An example response that no request comes before.
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
    for exchange in model.exchanges(page.id).iter().filter(|exchange| exchange.request.is_none()) {
        // One that names a request is reported for the name.
        if !exchange.unknown_names.is_empty() {
            continue;
        }
        for response in exchange.responses.iter().filter(|response| !response.message.ignored) {
            report
                .at(response.at(promise(*response)), "no request comes before this response")
                .help("put the request above it, or annotate the request as `request`");
        }
    }
}

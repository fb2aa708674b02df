use super::Report;
use super::names::{MAX_NAMES, closest, did_you_mean, is_plain};
use crate::model::Model;
use crate::syntax::{Page, PageKind};

rule! {
    /// A response annotation that names a request that is not on the page.
    ///
    /// ## Why
    /// The response belongs to no request, so neither can be checked against the other.
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
    /// <!-- { "blockType": "response", "name": "get_custmer" } -->
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
    /// <!-- { "blockType": "response", "name": "get_customer" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    /// ```
    /// ````
    Error, Linked(check), Unsafe fix
}

fn check(model: &Model<'_>, page: &Page, report: &mut Report<'_>) {
    if page.kind() != PageKind::Operation {
        return;
    }
    let exchanges = model.exchanges(page.id);
    let names: Vec<&str> = exchanges.iter().filter_map(|exchange| exchange.request?.name()).collect();
    for at in exchanges.iter().flat_map(|exchange| &exchange.unknown_names) {
        let name = model.text(*at);
        let close = closest(name, names.iter().copied().filter(|_| names.len() <= MAX_NAMES));
        let finding = report.at(*at, format!("no request on this page is called `{name}`"));
        finding.help(did_you_mean(close, || "name a request of this page, or leave the name out".to_owned()));
        if let Some(close) = close.filter(|close| is_plain(close)) {
            finding.unsafe_fix(at.span, close);
        }
    }
}

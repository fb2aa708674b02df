use super::Report;
use super::urls::{self, Fit, Request};
use crate::model::Model;

rule! {
    /// An example URL that fits none of the templates in the "HTTP request" section.
    ///
    /// ## Why
    /// One of the two is wrong: calling the operation as the example does would fail. Casts, a key in
    /// parentheses, and other ways to the same object (`/me` for `/users/{id}`) are taken into account.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{customer-id}
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer/a1
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// ## HTTP request
    /// ``` http
    /// GET /customers/{customer-id}
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers/a1
    /// ```
    /// ````
    Warning, Request(check)
}

fn check(_: &Model<'_>, request: &Request<'_>, fit: &Fit<'_, '_>, report: &mut Report<'_>) {
    let Fit::No(templates) = fit else { return };
    let path = urls::path(&request.page.source[request.line.url]);
    let shown = match &templates[..] {
        [only] => format!("the documented path `{}`", only.written),
        _ => format!("any of the {} documented paths", templates.len()),
    };
    report
        .at(request.at(request.line.url), format!("the example path `/{path}` does not fit {shown}"))
        .help("correct the one that is wrong, or add the path to the HTTP request section")
        .label(templates[0].at, "a path is documented here");
}

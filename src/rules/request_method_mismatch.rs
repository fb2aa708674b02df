use super::Report;
use super::names::list;
use super::urls::{Fit, Request};
use crate::model::Model;

rule! {
    /// An example request whose method the "HTTP request" section does not show for that path.
    ///
    /// ## Why
    /// One of the two is wrong: calling the operation as the example does would fail.
    ///
    /// ## Example
    /// ````md
    /// # Update customer
    ///
    /// ## HTTP request
    /// ``` http
    /// PATCH /customers/{customer-id}
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "update_customer" } -->
    /// ``` http
    /// PUT https://graph.microsoft.com/v1.0/customers/a1
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Update customer
    ///
    /// ## HTTP request
    /// ``` http
    /// PATCH /customers/{customer-id}
    /// ```
    ///
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "update_customer" } -->
    /// ``` http
    /// PATCH https://graph.microsoft.com/v1.0/customers/a1
    /// ```
    /// ````
    Error, Request(check)
}

fn check(_: &Model<'_>, request: &Request<'_>, fit: &Fit<'_, '_>, report: &mut Report<'_>) {
    let Fit::OtherMethod(templates) = fit else { return };
    let method = request.page.source[request.line.method].to_ascii_uppercase();
    let mut methods: Vec<&str> = templates.iter().map(|template| template.method).collect();
    methods.sort_unstable();
    methods.dedup();
    report
        .at(
            request.at(request.line.method),
            format!("the example uses `{method}`, but the HTTP request section shows {}", list(methods, "or")),
        )
        .help("correct the one that is wrong")
        .label(templates[0].at, "the path is documented here");
}

use super::Report;
use super::messages::{messages, promise};
use crate::syntax::Page;
use crate::syntax::construct::examples::Role;

rule! {
    /// A `request` annotation without a name.
    ///
    /// ## Why
    /// Responses and generated snippets refer to a request by its name.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "request", "name": "get_customer" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customer
    /// ```
    /// ````
    Warning, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for example in messages(page).filter(|example| example.message.annotated && example.message.role == Role::Request) {
        if example.name().is_none_or(|name| name.trim().is_empty()) {
            report
                .at(example.at(promise(example)), "the request has no name")
                .help("add a `name` that no other request has");
        }
    }
}

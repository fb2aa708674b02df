use super::Report;
use super::messages::{is_json, role};
use crate::model::ExampleRef;
use crate::span::Span;
use crate::syntax::construct::examples::Role;
use crate::syntax::http::Start;

rule! {
    /// An example with a JSON body, but without a `Content-Type` header.
    ///
    /// ## Why
    /// A service refuses such a request, and no service answers like this.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "create_customer" } -->
    /// ``` http
    /// POST https://graph.microsoft.com/v1.0/customers
    ///
    /// { "displayName": "Contoso" }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "create_customer" } -->
    /// ``` http
    /// POST https://graph.microsoft.com/v1.0/customers
    /// Content-Type: application/json
    ///
    /// { "displayName": "Contoso" }
    /// ```
    /// ````
    Hint, Message(check), Safe fix
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    if !is_json(example) {
        return;
    }
    let page = example.page;
    let message = &example.message.message;
    // A header that is not written as one may be it.
    if message.header("Content-Type", &page.source).is_some() || !message.malformed_headers.is_empty() {
        return;
    }
    let line = match (&message.start, example.message.role) {
        (Start::Request(line), Role::Request) => line.span,
        // Of a body where there must be none another rule speaks.
        (Start::Status(line), Role::Response) if !matches!(line.code, Some(204 | 304)) => line.span,
        _ => return,
    };
    let last = message.headers.iter().map(|header| header.value.end).max().unwrap_or(line.end);
    report
        .at(example.at(line), format!("the {} has a JSON body, but no `Content-Type`", role(example)))
        .help("add the header `Content-Type: application/json`")
        .fix(Span::at(last as usize), "\nContent-Type: application/json");
}

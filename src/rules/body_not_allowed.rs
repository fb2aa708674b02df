use super::Report;
use super::messages::messages;
use crate::syntax::Page;

rule! {
    /// A body in a response whose status allows none: 204, 304 or one below 200.
    ///
    /// ## Why
    /// HTTP clients ignore the body, or take it for the start of the next message. Either the status or the body
    /// is wrong.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 204 No Content
    ///
    /// {
    ///   "id": "a1"
    /// }
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    ///
    /// <!-- { "blockType": "response" } -->
    /// ``` http
    /// HTTP/1.1 200 OK
    ///
    /// {
    ///   "id": "a1"
    /// }
    /// ```
    /// ````
    Error, Page(check)
}

fn check(page: &Page, report: &mut Report<'_>) {
    for example in messages(page) {
        let (Some((code, span)), Some(body)) = (example.status(), &example.message.message.body) else { continue };
        if matches!(code, 204 | 304 | 100..200) {
            report
                .at(example.at(body.span), format!("a `{code}` response has no body"))
                .help("delete the body, or correct the status")
                .label(example.at(span), "the status stands here");
        }
    }
}

use super::Report;
use crate::model::ExampleRef;

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
    Error, Message(check)
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    let (Some((code, span)), Some(body)) = (example.status(), &example.message.message.body) else { return };
    if matches!(code, 204 | 304 | 100..200) {
        report
            .at(example.at(body.span), format!("a `{code}` response has no body"))
            .help("delete the body, or correct the status")
            .label(example.at(span), "the status stands here");
    }
}
